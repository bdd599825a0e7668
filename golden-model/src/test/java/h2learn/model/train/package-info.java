/** Tests of package h2learn.model.train. */
@NullMarked
package h2learn.model.train;

import org.jspecify.annotations.NullMarked;
