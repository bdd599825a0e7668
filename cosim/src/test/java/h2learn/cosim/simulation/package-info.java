/** Tests of the native core through Java. May use the designs of build's tests. */
@NullMarked
package h2learn.cosim.simulation;

import org.jspecify.annotations.NullMarked;
