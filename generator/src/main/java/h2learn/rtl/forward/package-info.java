/** Forward engine and neuron unit. May use hdl, config, contract, rtl.lut, rtl.memory and rtl.bus. */
@NullMarked
package h2learn.rtl.forward;

import org.jspecify.annotations.NullMarked;
