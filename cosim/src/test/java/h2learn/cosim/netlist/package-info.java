/** Tests: the netlist. */
@NullMarked
package h2learn.cosim.netlist;

import org.jspecify.annotations.NullMarked;
