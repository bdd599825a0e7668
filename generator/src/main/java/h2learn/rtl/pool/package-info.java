/** The pools, forward and backward. They have no weights and no neurons. May use hdl, contract, layer, memory, logic. */
@NullMarked
package h2learn.rtl.pool;

import org.jspecify.annotations.NullMarked;
