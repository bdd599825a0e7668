/** Weight gradient engine and update unit. May use hdl, config, contract and the other rtl packages. */
@NullMarked
package h2learn.rtl.update;

import org.jspecify.annotations.NullMarked;
