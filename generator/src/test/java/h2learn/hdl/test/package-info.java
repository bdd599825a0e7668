/** Tests of the HDL layer through its public API only, so that they stand where user code stands. */
@NullMarked
package h2learn.hdl.test;

import org.jspecify.annotations.NullMarked;
