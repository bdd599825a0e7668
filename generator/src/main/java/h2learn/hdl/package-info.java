/**
 * Hardware described in Java: typed handles on SpinalHDL signals, circuits, and their emission as Verilog. Every other
 * package writes hardware through this one; SpinalHDL's own types never leave it. May use number.
 */
@NullMarked
package h2learn.hdl;

import org.jspecify.annotations.NullMarked;
