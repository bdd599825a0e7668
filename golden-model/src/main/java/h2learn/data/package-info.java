/** Data sets and encoders: IDX files, Fashion-MNIST, samples. May use number, config and network. */
@NullMarked
package h2learn.data;

import org.jspecify.annotations.NullMarked;
