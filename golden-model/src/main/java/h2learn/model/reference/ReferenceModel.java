package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forward, loss and backward pass in double precision. Holds no state between calls. */
public final class ReferenceModel {
    private final Network network;
    private final List<LayerShape> shapes;
    private final SpikeFunction function;
    private final double alpha;
    private final double theta;

    /** With the step and the rectangular surrogate. */
    public ReferenceModel(Network network) {
        this(network, SpikeFunction.rectangle(network.neuron()));
    }

    public ReferenceModel(Network network, SpikeFunction function) {
        this.network = network;
        this.function = function;
        shapes = network.shapes();
        alpha = network.neuron().alpha();
        theta = network.neuron().theta();
    }

    public Network network() {
        return network;
    }

    /** Forward, loss and backward of one sample. */
    public ReferenceTrace run(ReferenceWeights weights, Sample sample) {
        List<ReferenceTrace.Layer> layers = forward(weights, sample);
        ReferenceTrace.Layer last = layers.get(layers.size() - 1);
        double[] counts = counts(last);
        double loss = lossAndGradient(counts, sample.label(), last);
        for (int index = layers.size() - 1; index >= 0; index--) {
            backward(layers.get(index));
            if (index > 0) {
                propagate(weights.parameters().weight(index), layers.get(index), layers.get(index - 1));
            }
        }
        return new ReferenceTrace(layers, counts, loss);
    }

    /** Forward only: spikes of each class over all steps. */
    public double[] classCounts(ReferenceWeights weights, Sample sample) {
        List<ReferenceTrace.Layer> layers = forward(weights, sample);
        return counts(layers.get(layers.size() - 1));
    }

    private List<ReferenceTrace.Layer> forward(ReferenceWeights weights, Sample sample) {
        List<ReferenceTrace.Layer> layers = new ArrayList<>();
        ReferenceTrace.@Nullable Layer below = null;
        for (LayerShape shape : shapes) {
            ReferenceTrace.Layer layer = new ReferenceTrace.Layer(network.steps(), shape.outputs());
            double[] input = new double[shape.outputs()];
            for (int step = 0; step < network.steps(); step++) {
                if (step == 0 || !shape.staticInput()) {
                    accumulate(weights, shape, sample, below, step, input);
                }
                neurons(input, step, layer);
            }
            layers.add(layer);
            below = layer;
        }
        return layers;
    }

    private static void accumulate(
            ReferenceWeights weights,
            LayerShape shape,
            Sample sample,
            ReferenceTrace.@Nullable Layer below,
            int step,
            double[] sum) {
        double[] bias = weights.parameters().bias(shape.index());
        double[] columns = weights.transposed(shape.index());
        double scale = Math.scalb(1.0, -shape.inputFractionBits());
        int first = shape.staticInput() ? 0 : step * shape.inputs();
        Arrays.fill(sum, 0);
        for (int channel = 0; channel < shape.inputs(); channel++) {
            double value = below == null ? sample.values()[first + channel] * scale : below.spike[first + channel];
            if (value != 0) {
                addScaled(columns, channel * sum.length, value, sum);
            }
        }
        for (int output = 0; output < bias.length; output++) {
            sum[output] += bias[output];
        }
    }

    private static void addScaled(double[] columns, int first, double value, double[] sum) {
        for (int output = 0; output < sum.length; output++) {
            sum[output] += columns[first + output] * value;
        }
    }

    private void neurons(double[] input, int step, ReferenceTrace.Layer layer) {
        int now = step * input.length;
        int before = now - input.length;
        for (int output = 0; output < input.length; output++) {
            double leak = step == 0 ? 0 : alpha * layer.potential[before + output] * (1 - layer.spike[before + output]);
            double potential = leak + input[output];
            layer.potential[now + output] = potential;
            layer.spike[now + output] = function.spike(potential - theta);
            layer.derivative[now + output] = function.derivative(potential - theta);
        }
    }

    private double[] counts(ReferenceTrace.Layer last) {
        double[] counts = new double[network.classes().count()];
        for (int step = 0; step < last.steps(); step++) {
            for (int output = 0; output < last.outputs(); output++) {
                counts[output / network.classes().neurons()] += last.spike[step * last.outputs() + output];
            }
        }
        return counts;
    }

    private double lossAndGradient(double[] counts, int label, ReferenceTrace.Layer last) {
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

    private void backward(ReferenceTrace.Layer layer) {
        for (int step = layer.steps() - 1; step >= 0; step--) {
            for (int output = 0; output < layer.outputs(); output++) {
                int now = step * layer.outputs() + output;
                double leaked = step == layer.steps() - 1 ? 0 : alpha * layer.gradient[now + layer.outputs()];
                double throughSpike = layer.derivative[now] * (layer.dspike[now] - leaked * layer.potential[now]);
                layer.gradient[now] = throughSpike + (1 - layer.spike[now]) * leaked;
                layer.gradientSum[output] += layer.gradient[now];
            }
        }
    }

    private static void propagate(double[] weight, ReferenceTrace.Layer layer, ReferenceTrace.Layer below) {
        double[] sum = new double[below.outputs()];
        for (int step = 0; step < layer.steps(); step++) {
            Arrays.fill(sum, 0);
            for (int output = 0; output < layer.outputs(); output++) {
                double gradient = layer.gradient[step * layer.outputs() + output];
                if (gradient != 0) {
                    addScaled(weight, output * sum.length, gradient, sum);
                }
            }
            int first = step * sum.length;
            for (int channel = 0; channel < sum.length; channel++) {
                below.dspike[first + channel] = below.derivative[first + channel] == 0 ? 0 : sum[channel];
            }
        }
    }
}
