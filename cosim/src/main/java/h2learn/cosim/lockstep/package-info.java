/** Lock-step of generated Verilog and golden model: transport, comparison, mismatch. May use everything but cli. */
@NullMarked
package h2learn.cosim.lockstep;

import org.jspecify.annotations.NullMarked;
