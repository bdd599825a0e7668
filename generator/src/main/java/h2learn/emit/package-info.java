/**
 * Products of one configuration: Verilog, manifest, register map; and single blocks to be proved. May use rtl, rtl.bus,
 * rtl.lut, rtl.memory, rtl.transfer, hdl, config and contract.
 */
@NullMarked
package h2learn.emit;

import org.jspecify.annotations.NullMarked;
