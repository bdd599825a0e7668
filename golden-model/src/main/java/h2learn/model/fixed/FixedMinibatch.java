package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.network.Network;
import java.util.List;

/** Weights being trained, with the gradients of one minibatch; worked on in row ranges so that threads can share it. */
public final class FixedMinibatch {
    private final FixedModel model;
    private final MasterWeights master;
    private final EngineWeights weights;
    private final WeightGradients gradients;
    private final UpdateState state;

    /** Trains {@code master} in place. */
    public FixedMinibatch(Network network, Formats formats, MasterWeights master) {
        model = new FixedModel(network, formats);
        this.master = master;
        weights = EngineWeights.of(master, formats);
        gradients = new WeightGradients(network);
        state = new UpdateState(network);
    }

    public FixedModel model() {
        return model;
    }

    public MasterWeights master() {
        return master;
    }

    /** Momentum and number of the updates so far. */
    public UpdateState state() {
        return state;
    }

    /** Always the rounded copies of {@link #master}, as long as only {@link #updateRows} changes that. */
    public EngineWeights weights() {
        return weights;
    }

    /**
     * Sums the gradients of rows {@code from} (inclusive) to {@code to} (exclusive) over the minibatch and updates them:
     * what {@link WeightGradients#accumulate} and {@link FixedModel#update} do for all rows.
     */
    public void updateRows(
            int layer, int from, int to, List<SampleTrace> traces, List<Sample> samples, double learningRate) {
        gradients.clear(layer, from, to);
        for (int index = 0; index < samples.size(); index++) {
            gradients.accumulate(layer, from, to, traces.get(index), samples.get(index));
        }
        model.updateRows(master, gradients, state, learningRate, samples.size(), layer, from, to);
        weights.refresh(master, layer, master.outputs(layer), from, to);
    }

    /** All rows of a minibatch are updated. */
    public void advance() {
        state.advance();
    }
}
