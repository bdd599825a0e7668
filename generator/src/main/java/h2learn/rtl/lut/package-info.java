/** Look-up tables of partial sums, their filling, and the bit transposer. May use hdl, config and rtl.memory. */
@NullMarked
package h2learn.rtl.lut;

import org.jspecify.annotations.NullMarked;
