/** LOAD and STORE of the Verilog against a memory with latency, stalls and errors. */
@NullMarked
package h2learn.cosim.transfer;

import org.jspecify.annotations.NullMarked;
