/** Files of the Neuromorphic Intermediate Representation (HDF5). May use config, exchange.graph and jhdf. */
@NullMarked
package h2learn.exchange.nir;

import org.jspecify.annotations.NullMarked;
