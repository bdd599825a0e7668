/** Tests of training in the Verilog. */
@NullMarked
package h2learn.cosim.train;

import org.jspecify.annotations.NullMarked;
