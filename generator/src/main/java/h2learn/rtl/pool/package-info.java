/**
 * The pools, forward and backward. They have no weights and no neurons. May use hdl, config, contract, rtl.layer,
 * rtl.memory and rtl.logic.
 */
@NullMarked
package h2learn.rtl.pool;

import org.jspecify.annotations.NullMarked;
