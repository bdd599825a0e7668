/** Hardware description in Java over SpinalHDL. */
@NullMarked
package h2learn.hdl;

import org.jspecify.annotations.NullMarked;
