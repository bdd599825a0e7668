/** Measurements by the accelerator's own counters, in cosimulation. May use everything but cli. */
@NullMarked
package h2learn.cosim.bench;

import org.jspecify.annotations.NullMarked;
