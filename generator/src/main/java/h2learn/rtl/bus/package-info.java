/**
 * The host's side: AXI4-Lite slave, registers, scratchpad windows, command processor. May use hdl, config, contract,
 * rtl.layer, rtl.memory and rtl.logic.
 */
@NullMarked
package h2learn.rtl.bus;

import org.jspecify.annotations.NullMarked;
