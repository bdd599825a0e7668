/** A board with a simulated accelerator, for the drivers that run on real ones. May use everything but cli and bench. */
@NullMarked
package h2learn.cosim.board;

import org.jspecify.annotations.NullMarked;
