/** Tests of package h2learn.host.transport. */
@NullMarked
package h2learn.host.transport;

import org.jspecify.annotations.NullMarked;
