/** Tests of the Verilator build, and the small designs that other tests build too. */
@NullMarked
package h2learn.cosim.build;

import org.jspecify.annotations.NullMarked;
