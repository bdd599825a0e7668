/** Tests of package h2learn.model.fixed. */
@NullMarked
package h2learn.model.fixed;

import org.jspecify.annotations.NullMarked;
