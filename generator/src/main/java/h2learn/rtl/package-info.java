/**
 * The accelerator's top level: it wires engines, memories and bus, and computes nothing. May use hdl, config, contract
 * and the other rtl packages.
 */
@NullMarked
package h2learn.rtl;

import org.jspecify.annotations.NullMarked;
