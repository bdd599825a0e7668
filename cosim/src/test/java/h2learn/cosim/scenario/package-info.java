/** Tests: the scenarios. */
@NullMarked
package h2learn.cosim.scenario;

import org.jspecify.annotations.NullMarked;
