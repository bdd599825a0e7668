/** The AXI4-Lite slave in simulation. May use what the package itself may, and hdl.test. */
@NullMarked
package h2learn.rtl.bus;

import org.jspecify.annotations.NullMarked;
