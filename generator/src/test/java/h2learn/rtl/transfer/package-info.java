/** Burst splitter in simulation. May use what the package itself may, and hdl.test. */
@NullMarked
package h2learn.rtl.transfer;

import org.jspecify.annotations.NullMarked;
