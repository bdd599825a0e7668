/** Tests of package h2learn.host. */
@NullMarked
package h2learn.host;

import org.jspecify.annotations.NullMarked;
