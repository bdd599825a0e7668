/** Scratchpads and their ports. May use hdl, config and contract. */
@NullMarked
package h2learn.rtl.memory;

import org.jspecify.annotations.NullMarked;
