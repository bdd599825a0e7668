/** From Verilog to a library to load: runs Verilator, make and g++ behind a content-addressed cache. May use config. */
@NullMarked
package h2learn.cosim.build;

import org.jspecify.annotations.NullMarked;
