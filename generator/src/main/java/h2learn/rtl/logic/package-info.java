/** Small combinational helpers without state. May use hdl only. */
@NullMarked
package h2learn.rtl.logic;

import org.jspecify.annotations.NullMarked;
