/** The generated Verilog as Yosys sees it: scripts, and the accelerator as one netlist of bits. May use build. */
@NullMarked
package h2learn.cosim.netlist;

import org.jspecify.annotations.NullMarked;
