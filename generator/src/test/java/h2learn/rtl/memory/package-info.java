/** Queue and memories in simulation. May use what the package itself may, and hdl.test. */
@NullMarked
package h2learn.rtl.memory;

import org.jspecify.annotations.NullMarked;
