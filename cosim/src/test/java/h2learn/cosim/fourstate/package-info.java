/** Tests: the four-state check. */
@NullMarked
package h2learn.cosim.fourstate;

import org.jspecify.annotations.NullMarked;
