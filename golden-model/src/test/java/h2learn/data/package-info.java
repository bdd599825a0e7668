/** Tests of package h2learn.data. */
@NullMarked
package h2learn.data;

import org.jspecify.annotations.NullMarked;
