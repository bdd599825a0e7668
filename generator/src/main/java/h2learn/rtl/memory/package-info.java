/** Scratchpads, their ports, and queues. May use hdl, config, contract and rtl.logic. */
@NullMarked
package h2learn.rtl.memory;

import org.jspecify.annotations.NullMarked;
