/** Products of one configuration: Verilog, manifest, register map. May use rtl, hdl, config and contract. */
@NullMarked
package h2learn.emit;

import org.jspecify.annotations.NullMarked;
