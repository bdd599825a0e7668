/** Combinational helpers in simulation. May use what the package itself may, and hdl.test. */
@NullMarked
package h2learn.rtl.logic;

import org.jspecify.annotations.NullMarked;
