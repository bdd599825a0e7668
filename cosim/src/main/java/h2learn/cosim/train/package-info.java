/** Training in a simulated accelerator, seen as one engine among others. May use everything but cli and bench. */
@NullMarked
package h2learn.cosim.train;

import org.jspecify.annotations.NullMarked;
