/**
 * External memory: the AXI4 masters, LOAD and STORE, and the way from them and the host to the scratchpads. May use hdl,
 * config, contract, rtl.layer, rtl.memory and rtl.logic.
 */
@NullMarked
package h2learn.rtl.transfer;

import org.jspecify.annotations.NullMarked;
