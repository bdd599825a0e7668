/** NumPy's array files, .npy and .npz, and files that appear whole or not at all. May use config for its exception. */
@NullMarked
package h2learn.tensor;

import org.jspecify.annotations.NullMarked;
