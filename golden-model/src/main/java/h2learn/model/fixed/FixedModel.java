package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.InvalidInputException;
import h2learn.data.Sample;
import h2learn.model.ExternalLoss;
import h2learn.network.Connections;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Loss;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
    private final List<PoolPass> pools = new ArrayList<>();
    private final List<WeightUpdate> updates = new ArrayList<>();
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
            Connections connections = new Connections(shape);
            forward.add(new ForwardPass(shape, connections, own, network.steps()));
            backward.add(new BackwardPass(shape, connections, own, formats));
            pools.add(new PoolPass(shape, formats));
            updates.add(new WeightUpdate(shape, own, network.training(), formats));
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

    /** Forward, loss and backward of one sample. Only for {@code loss: mse}. */
    public SampleTrace run(EngineWeights weights, Sample sample) {
        if (network.training().loss() != Loss.MSE) {
            throw new IllegalStateException("training.loss: external needs the gradients of the last layer's spikes");
        }
        List<LayerTrace> traces = forward(weights, sample);
        LayerTrace last = traces.get(traces.size() - 1);
        int[] counts = loss.classCounts(last);
        int[] lossGradient = loss.gradient(counts, sample.label(), last);
        backward(weights, traces);
        return new SampleTrace(traces, counts, lossGradient, loss.value(counts, sample.label()));
    }

    /** Forward of one sample, the gradient of an external loss, and backward. */
    public SampleTrace run(EngineWeights weights, Sample sample, ExternalLoss external) {
        List<LayerTrace> traces = forward(weights, sample);
        LayerTrace last = traces.get(traces.size() - 1);
        int[] counts = loss.classCounts(last);
        double[] classCounts = IntStream.of(counts).asDoubleStream().toArray();
        int[] lossGradient = loss.external(external.gradient(classCounts, sample.label()), last);
        backward(weights, traces);
        return new SampleTrace(traces, counts, lossGradient, external.value(classCounts, sample.label()));
    }

    private void backward(EngineWeights weights, List<LayerTrace> traces) {
        for (int layer = shapes.size() - 1; layer >= 0; layer--) {
            LayerTrace trace = traces.get(layer);
            if (!shapes.get(layer).weighted()) {
                pools.get(layer).propagate(trace, traces.get(layer - 1));
                continue;
            }
            backward.get(layer).neurons(trace);
            if (layer > 0) {
                backward.get(layer).propagate(weights.weight(layer), trace, traces.get(layer - 1));
            }
        }
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
     * The first update of a training: subtracts {@code learningRate / minibatchSamples} times the gradients from the
     * master copies, saturating. The only kind of update that a network without momentum, rounded to nearest, needs.
     *
     * @param minibatchSamples how many samples {@code gradients} sums
     */
    public void update(MasterWeights master, WeightGradients gradients, double learningRate, int minibatchSamples) {
        update(master, gradients, new UpdateState(network), learningRate, minibatchSamples);
    }

    /** The same after the updates that {@code state} has seen; advances it. */
    public void update(
            MasterWeights master,
            WeightGradients gradients,
            UpdateState state,
            double learningRate,
            int minibatchSamples) {
        for (LayerShape shape : shapes) {
            updateRows(master, gradients, state, learningRate, minibatchSamples, shape.index(), 0, shape.outputs());
        }
        state.advance();
    }

    /** The same for rows {@code from} (inclusive) to {@code to} (exclusive) of one layer, without advancing. */
    void updateRows(
            MasterWeights master,
            WeightGradients gradients,
            UpdateState state,
            double learningRate,
            int minibatchSamples,
            int layer,
            int from,
            int to) {
        updates.get(layer).run(master, gradients, state, learningRate, minibatchSamples, from, to);
    }

    private List<LayerTrace> forward(EngineWeights weights, Sample sample) {
        List<LayerTrace> traces = new ArrayList<>();
        @Nullable LayerTrace below = null;
        for (LayerShape shape : shapes) {
            LayerTrace trace = new LayerTrace(network.steps(), shape);
            if (shape.weighted()) {
                forward.get(shape.index()).run(weights, sample, below, trace);
            } else {
                pools.get(shape.index()).forward(Objects.requireNonNull(below), trace);
            }
            traces.add(trace);
            below = trace;
        }
        return traces;
    }
}
