package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.InvalidInputException;
import h2learn.data.Sample;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import h2learn.number.Rounding;
import h2learn.number.ScaledFactor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The integer model: forward, loss, backward, weight gradient and update of docs/03-numbers.md, bit by bit. Holds no
 * state between calls; safe for use by several threads as long as they do not share weights that one of them updates.
 */
public final class FixedModel {
    private final Network network;
    private final Formats formats;
    private final List<LayerShape> shapes;
    private final List<LayerConstants> constants;
    private final List<ForwardPass> forward = new ArrayList<>();
    private final List<BackwardPass> backward = new ArrayList<>();
    private final FixedLoss loss;

    /** Throws {@link InvalidInputException} when the formats cannot compute this network exactly. */
    public FixedModel(Network network, Formats formats) {
        List<String> problems = NetworkCheck.arithmeticProblems(network, formats);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        this.network = network;
        this.formats = formats;
        shapes = network.shapes();
        constants = LayerConstants.of(network, formats);
        for (LayerShape shape : shapes) {
            LayerConstants own = constants.get(shape.index());
            forward.add(new ForwardPass(shape, own, network.steps()));
            backward.add(new BackwardPass(own, formats));
        }
        loss = new FixedLoss(network, constants.get(shapes.size() - 1), formats);
    }

    public Network network() {
        return network;
    }

    public Formats formats() {
        return formats;
    }

    public LayerConstants constants(int layer) {
        return constants.get(layer);
    }

    /** Forward, loss and backward of one sample. */
    public SampleTrace run(EngineWeights weights, Sample sample) {
        List<LayerTrace> traces = forward(weights, sample);
        LayerTrace last = traces.get(traces.size() - 1);
        int[] counts = loss.classCounts(last);
        int[] lossGradient = loss.gradient(counts, sample.label(), last);
        for (int layer = shapes.size() - 1; layer >= 0; layer--) {
            backward.get(layer).neurons(traces.get(layer));
            if (layer > 0) {
                backward.get(layer).propagate(weights.weight(layer), traces.get(layer), traces.get(layer - 1));
            }
        }
        return new SampleTrace(traces, counts, lossGradient, loss.value(counts, sample.label()));
    }

    /** Forward only: spikes of each class over all steps. */
    public int[] classCounts(EngineWeights weights, Sample sample) {
        List<LayerTrace> traces = forward(weights, sample);
        return loss.classCounts(traces.get(traces.size() - 1));
    }

    /** Half the squared distance of the class rates from the label's (1 for its class, 0 for the others). */
    public double loss(int[] classCounts, int label) {
        return loss.value(classCounts, label);
    }

    /**
     * Subtracts {@code learningRate / minibatchSamples} times the gradients from the master copies, saturating.
     *
     * @param minibatchSamples how many samples {@code gradients} sums
     */
    public void update(MasterWeights master, WeightGradients gradients, double learningRate, int minibatchSamples) {
        for (LayerShape shape : shapes) {
            update(master, gradients, learningRate, minibatchSamples, shape.index(), 0, shape.outputs());
        }
    }

    /** The same for rows {@code from} (inclusive) to {@code to} (exclusive) of one layer. */
    void update(
            MasterWeights master,
            WeightGradients gradients,
            double learningRate,
            int minibatchSamples,
            int layer,
            int from,
            int to) {
        ScaledFactor factor = constants.get(layer).update(learningRate, minibatchSamples);
        LayerShape shape = shapes.get(layer);
        int inputs = shape.inputs();
        update(master.weight(layer), gradients.weight(layer), factor, from * inputs, to * inputs);
        if (shape.bias()) {
            update(master.bias(layer), gradients.bias(layer), factor, from, to);
        }
    }

    private void update(int[] master, int[] gradient, ScaledFactor factor, int from, int to) {
        for (int index = from; index < to; index++) {
            if (gradient[index] != 0) {
                long updated = master[index] - factor.apply(gradient[index]);
                master[index] = (int) Rounding.saturate(updated, formats.masterBits());
            }
        }
    }

    private List<LayerTrace> forward(EngineWeights weights, Sample sample) {
        List<LayerTrace> traces = new ArrayList<>();
        @Nullable LayerTrace below = null;
        for (LayerShape shape : shapes) {
            LayerTrace trace = new LayerTrace(network.steps(), shape.outputs());
            forward.get(shape.index()).run(weights, sample, below, trace);
            traces.add(trace);
            below = trace;
        }
        return traces;
    }
}
