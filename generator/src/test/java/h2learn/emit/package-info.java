/** Tests of the products and of the checked-in Verilog. */
@NullMarked
package h2learn.emit;

import org.jspecify.annotations.NullMarked;
