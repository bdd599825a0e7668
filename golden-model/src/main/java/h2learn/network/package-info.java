/** Networks: layer table, neuron and training parameters. May use number and config. */
@NullMarked
package h2learn.network;

import org.jspecify.annotations.NullMarked;
