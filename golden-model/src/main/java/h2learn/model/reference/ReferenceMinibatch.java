package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.network.Network;
import java.util.List;

/** Parameters being trained, with the gradients of one minibatch; worked on in row ranges so that threads can share it. */
public final class ReferenceMinibatch {
    private final ReferenceModel model;
    private final ReferenceWeights weights;
    private final ReferenceGradients gradients;
    private final ReferenceUpdate update;

    /** Trains {@code parameters} in place. */
    public ReferenceMinibatch(Network network, Parameters parameters) {
        model = new ReferenceModel(network);
        weights = new ReferenceWeights(network, parameters);
        gradients = new ReferenceGradients(network);
        update = new ReferenceUpdate(network);
    }

    public ReferenceModel model() {
        return model;
    }

    public ReferenceWeights weights() {
        return weights;
    }

    /** Sums and updates rows {@code from} (inclusive) to {@code to} (exclusive); each sum in the samples' order. */
    public void updateRows(
            int layer, int from, int to, List<ReferenceTrace> traces, List<Sample> samples, double learningRate) {
        gradients.clear(layer, from, to);
        for (int index = 0; index < samples.size(); index++) {
            gradients.accumulate(layer, from, to, traces.get(index), samples.get(index));
        }
        update.run(weights.parameters(), gradients, learningRate, samples.size(), layer, from, to);
        weights.refresh(layer, from, to);
    }
}
