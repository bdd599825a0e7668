/** Short runs that between them use all of an accelerator, on any model of it. May use lockstep, simulation and train. */
@NullMarked
package h2learn.cosim.scenario;

import org.jspecify.annotations.NullMarked;
