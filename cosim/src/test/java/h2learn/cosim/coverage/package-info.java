/** Tests: coverage. */
@NullMarked
package h2learn.cosim.coverage;

import org.jspecify.annotations.NullMarked;
