/** Replays recorded runs in a simulator that knows X and Z. May use simulation and build. */
@NullMarked
package h2learn.cosim.fourstate;

import org.jspecify.annotations.NullMarked;
