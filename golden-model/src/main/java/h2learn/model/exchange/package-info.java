/**
 * Weights and tensors in files that other tools read: what docs/04-files.md describes. May use model, model.fixed,
 * model.reference, network, data, config, number and tensor.
 */
@NullMarked
package h2learn.model.exchange;

import org.jspecify.annotations.NullMarked;
