/** The speed of SpinalHDL's own simulation, for comparison. May use build, simulation and worker. */
@NullMarked
package h2learn.cosim.spinalsim;

import org.jspecify.annotations.NullMarked;
