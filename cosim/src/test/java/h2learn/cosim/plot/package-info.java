/** Tests of plots. */
@NullMarked
package h2learn.cosim.plot;

import org.jspecify.annotations.NullMarked;
