/** Checked-in reasons why a check need not complain of something. May use h2learn.config. */
@NullMarked
package h2learn.cosim.reason;

import org.jspecify.annotations.NullMarked;
