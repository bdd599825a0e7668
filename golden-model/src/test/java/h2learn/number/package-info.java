/** Tests of package h2learn.number. */
@NullMarked
package h2learn.number;

import org.jspecify.annotations.NullMarked;
