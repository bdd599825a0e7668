/** Tests of the lock-step, and of the Verilog through it. */
@NullMarked
package h2learn.cosim.lockstep;

import org.jspecify.annotations.NullMarked;
