/** Loss unit, backward engine and neuron backward unit. May use hdl, config, contract and the other rtl packages. */
@NullMarked
package h2learn.rtl.backward;

import org.jspecify.annotations.NullMarked;
