/** Tests of the counting of cells. */
@NullMarked
package h2learn.cosim.synth;

import org.jspecify.annotations.NullMarked;
