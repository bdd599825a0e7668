package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.model.ExternalLoss;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Forward, loss and backward pass in double precision. Holds no state between calls. */
public final class ReferenceModel {
    private final Network network;
    private final List<LayerShape> shapes;
    private final List<@Nullable ReferencePool> pools = new ArrayList<>();
    private final List<ReferenceLayer> layers = new ArrayList<>();

    /** With the step and each layer's surrogate. */
    public ReferenceModel(Network network) {
        this(network, layer -> SpikeFunction.of(network.neuron(layer)));
    }

    /** With the same function in every layer. */
    public ReferenceModel(Network network, SpikeFunction function) {
        this(network, layer -> function);
    }

    /** With the function of each layer, by its index. */
    ReferenceModel(Network network, IntFunction<SpikeFunction> function) {
        this.network = network;
        shapes = network.shapes();
        for (LayerShape shape : shapes) {
            int index = shape.index();
            layers.add(new ReferenceLayer(shape, network.neuron(index), function.apply(index)));
            pools.add(shape.weighted() ? null : new ReferencePool(shapes, index));
        }
    }

    public Network network() {
        return network;
    }

    /** Forward, loss and backward of one sample. Only for {@code loss: mse}. */
    public ReferenceTrace run(ReferenceWeights weights, Sample sample) {
        if (network.training().loss() != Loss.MSE) {
            throw new IllegalStateException("training.loss: external needs the gradients of the last layer's spikes");
        }
        List<ReferenceTrace.Layer> traces = forward(weights, sample);
        ReferenceTrace.Layer last = traces.get(traces.size() - 1);
        double[] counts = counts(last);
        double loss = lossAndGradient(counts, sample.label(), last);
        backward(weights, traces);
        return new ReferenceTrace(traces, counts, loss);
    }

    /** Forward of one sample, the gradient of an external loss, and backward. */
    public ReferenceTrace run(ReferenceWeights weights, Sample sample, ExternalLoss external) {
        List<ReferenceTrace.Layer> traces = forward(weights, sample);
        ReferenceTrace.Layer last = traces.get(traces.size() - 1);
        double[] counts = counts(last);
        double[] gradient = external.gradient(counts, sample.label());
        for (int now = 0; now < last.dspike.length; now++) {
            int output = now % last.outputs();
            last.dspike[now] = last.derivative[now] == 0
                    ? 0
                    : gradient[output / network.classes().neurons()];
        }
        backward(weights, traces);
        return new ReferenceTrace(traces, counts, external.value(counts, sample.label()));
    }

    /** Forward only: spikes of each class over all steps. */
    public double[] classCounts(ReferenceWeights weights, Sample sample) {
        List<ReferenceTrace.Layer> traces = forward(weights, sample);
        return counts(traces.get(traces.size() - 1));
    }

    private List<ReferenceTrace.Layer> forward(ReferenceWeights weights, Sample sample) {
        List<ReferenceTrace.Layer> traces = new ArrayList<>();
        for (LayerShape shape : shapes) {
            ReferenceTrace.Layer trace = new ReferenceTrace.Layer(network.steps(), shape);
            ReferenceTrace.@Nullable Layer below = shape.index() == 0 ? null : traces.get(shape.index() - 1);
            ReferencePool pool = pools.get(shape.index());
            if (pool != null && below != null) {
                pool.forward(below, trace);
            } else {
                layers.get(shape.index()).forward(weights, sample, below, trace);
            }
            traces.add(trace);
        }
        return traces;
    }

    /** Fills ds and gu of all layers from the ds of the last. */
    void backward(ReferenceWeights weights, List<ReferenceTrace.Layer> traces) {
        for (int index = shapes.size() - 1; index >= 0; index--) {
            ReferenceTrace.Layer trace = traces.get(index);
            ReferencePool pool = pools.get(index);
            if (pool != null) {
                pool.propagate(trace, traces.get(index - 1));
                continue;
            }
            layers.get(index).backward(trace);
            if (index > 0) {
                double[] weight = weights.parameters().weight(index);
                layers.get(index).propagate(weight, trace, traces.get(index - 1));
            }
        }
    }

    double[] counts(ReferenceTrace.Layer last) {
        double[] counts = new double[network.classes().count()];
        for (int step = 0; step < last.steps(); step++) {
            for (int output = 0; output < last.outputs(); output++) {
                counts[output / network.classes().neurons()] += last.spike[step * last.outputs() + output];
            }
        }
        return counts;
    }

    /** Fills ds of the last layer. */
    double lossAndGradient(double[] counts, int label, ReferenceTrace.Layer last) {
        int neurons = network.classes().neurons();
        double fullCount = (double) network.steps() * neurons;
        double loss = 0;
        for (int index = 0; index < counts.length; index++) {
            double error = counts[index] / fullCount - (index == label ? 1 : 0);
            loss += error * error / 2;
            for (int output = index * neurons; output < (index + 1) * neurons; output++) {
                for (int step = 0; step < last.steps(); step++) {
                    int now = step * last.outputs() + output;
                    last.dspike[now] = last.derivative[now] == 0 ? 0 : error / fullCount;
                }
            }
        }
        return loss;
    }
}
