/**
 * A network as other frameworks describe it, whatever file it came from: nodes, edges, tensors of reals; and its way to
 * and from the accelerator's network. May use number, config, network, data and model.
 */
@NullMarked
package h2learn.exchange.graph;

import org.jspecify.annotations.NullMarked;
