/** Which lines, branches and bits of the Verilog runs have used, and why some need not be. May use scenario and what that uses. */
@NullMarked
package h2learn.cosim.coverage;

import org.jspecify.annotations.NullMarked;
