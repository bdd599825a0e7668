/** Tests of package h2learn.tensor. */
@NullMarked
package h2learn.tensor;

import org.jspecify.annotations.NullMarked;
