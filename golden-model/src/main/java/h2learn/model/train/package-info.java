/**
 * Training: epochs over a data set, minibatches shared by threads, with the same bits whatever their number. May use
 * number, config, network, data, model, model.reference and model.fixed.
 */
@NullMarked
package h2learn.model.train;

import org.jspecify.annotations.NullMarked;
