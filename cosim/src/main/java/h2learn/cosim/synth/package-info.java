/**
 * What the Verilog costs on a chip: Yosys maps it to the cells of an FPGA family or of a standard-cell library, and the
 * cells are counted. May use cosim.build, cosim.netlist, emit, config and contract.
 */
@NullMarked
package h2learn.cosim.synth;

import org.jspecify.annotations.NullMarked;
