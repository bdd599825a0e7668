/** Tests of package h2learn.host.image. */
@NullMarked
package h2learn.host.image;

import org.jspecify.annotations.NullMarked;
