/** Ways to an accelerator on a board: mapped memory, a serial line. May use host. */
@NullMarked
package h2learn.host.transport;

import org.jspecify.annotations.NullMarked;
