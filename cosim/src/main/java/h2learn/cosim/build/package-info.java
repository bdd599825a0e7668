/** From Verilog to a library to load: runs Verilator, make and g++ behind a content-addressed cache. */
@NullMarked
package h2learn.cosim.build;

import org.jspecify.annotations.NullMarked;
