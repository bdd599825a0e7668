/** Tests of the measurements. */
@NullMarked
package h2learn.cosim.bench;

import org.jspecify.annotations.NullMarked;
