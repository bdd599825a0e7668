/**
 * The program: where a network's tensors lie in the scratchpads, the command stream of a training step, and the driver
 * over a {@link h2learn.host.Transport}. May use the golden model's packages.
 */
@NullMarked
package h2learn.host;

import org.jspecify.annotations.NullMarked;
