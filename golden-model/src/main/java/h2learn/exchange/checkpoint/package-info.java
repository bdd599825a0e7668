/**
 * Framework checkpoints: tensors by name in .npz and .safetensors files, and which of them are a network's weights. May
 * use config, network, model, tensor and exchange.graph.
 */
@NullMarked
package h2learn.exchange.checkpoint;

import org.jspecify.annotations.NullMarked;
