/** Tables and transposer in simulation. May use what the package itself may, and hdl.test. */
@NullMarked
package h2learn.rtl.lut;

import org.jspecify.annotations.NullMarked;
