/** Tests of package h2learn.model. */
@NullMarked
package h2learn.model;

import org.jspecify.annotations.NullMarked;
