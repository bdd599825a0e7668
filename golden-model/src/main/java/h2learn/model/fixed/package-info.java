/**
 * The bit-exact integer model, the arithmetic of docs/03-numbers.md and nothing of the hardware's parallelism.
 * May use number, config, network, data and model.
 */
@NullMarked
package h2learn.model.fixed;

import org.jspecify.annotations.NullMarked;
