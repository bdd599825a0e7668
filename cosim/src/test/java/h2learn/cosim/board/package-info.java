/** Both drivers, in Java and in C, on the simulated accelerator, and what they say of faults. */
@NullMarked
package h2learn.cosim.board;

import org.jspecify.annotations.NullMarked;
