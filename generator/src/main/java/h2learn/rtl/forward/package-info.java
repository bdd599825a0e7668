/**
 * Forward engine and neuron unit. May use hdl, config, contract, rtl.layer, rtl.lut, rtl.memory, rtl.bus and rtl.logic.
 */
@NullMarked
package h2learn.rtl.forward;

import org.jspecify.annotations.NullMarked;
