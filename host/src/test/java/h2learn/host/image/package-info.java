/** Tests. */
@NullMarked
package h2learn.host.image;

import org.jspecify.annotations.NullMarked;
