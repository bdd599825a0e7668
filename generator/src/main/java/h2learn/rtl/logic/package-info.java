/** Small combinational helpers without state. May use hdl and config. */
@NullMarked
package h2learn.rtl.logic;

import org.jspecify.annotations.NullMarked;
