/** Mutants of the generated Verilog, and what the runs in lock-step make of them. May use scenario, worker and what these use. */
@NullMarked
package h2learn.cosim.mutate;

import org.jspecify.annotations.NullMarked;
