/** Tests of the comparison with SpinalHDL's own simulation. */
@NullMarked
package h2learn.cosim.spinalsim;

import org.jspecify.annotations.NullMarked;
