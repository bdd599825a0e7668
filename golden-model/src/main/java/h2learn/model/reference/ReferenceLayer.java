package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.network.Connections;
import h2learn.network.LayerShape;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One layer of neurons over all steps, forward and backward. */
final class ReferenceLayer {
    private final LayerShape shape;
    private final Connections connections;
    private final Neuron neuron;
    private final SpikeFunction function;

    ReferenceLayer(LayerShape shape, Neuron neuron, SpikeFunction function) {
        this.shape = shape;
        this.neuron = neuron;
        this.function = function;
        connections = new Connections(shape);
    }

    /**
     * Fills spike, derivative and potential of {@code layer}.
     *
     * @param below trace of the layer below; absent in layer 0, which reads the sample
     */
    void forward(
            ReferenceWeights weights, Sample sample, ReferenceTrace.@Nullable Layer below, ReferenceTrace.Layer layer) {
        ReferenceInput input = new ReferenceInput(shape, sample, below);
        double[] sum = new double[shape.outputValues()];
        for (int step = 0; step < layer.steps(); step++) {
            if (step == 0 || !shape.staticInput()) {
                accumulate(weights, input.values(step), sum);
            }
            neurons(sum, step, layer);
        }
    }

    private void accumulate(ReferenceWeights weights, double[] values, double[] sum) {
        double[] bias = weights.parameters().bias(shape.index());
        double[] columns = weights.transposed(shape.index());
        int outputs = shape.outputs();
        int channels = shape.input().channels();
        Arrays.fill(sum, 0);
        for (int point = 0; point < shape.input().points(); point++) {
            int[] reach = connections.reach(point);
            for (int channel = 0; channel < channels; channel++) {
                double value = values[point * channels + channel];
                if (value != 0) {
                    for (int pair = 0; pair < reach.length; pair += 2) {
                        int column = (reach[pair + 1] * channels + channel) * outputs;
                        addScaled(columns, column, value, sum, reach[pair] * outputs, outputs);
                    }
                }
            }
        }
        for (int output = 0; shape.bias() && output < sum.length; output++) {
            sum[output] += bias[output % outputs];
        }
    }

    private static void addScaled(double[] from, int first, double factor, double[] to, int at, int length) {
        for (int index = 0; index < length; index++) {
            to[at + index] += from[first + index] * factor;
        }
    }

    private void neurons(double[] input, int step, ReferenceTrace.Layer layer) {
        int now = step * input.length;
        for (int output = 0; output < input.length; output++) {
            double leak = step == 0 ? 0 : neuron.alpha() * kept(layer, now - input.length + output);
            double potential = leak + input[output];
            layer.potential[now + output] = potential;
            layer.spike[now + output] = function.spike(potential - neuron.theta());
            layer.derivative[now + output] = function.derivative(potential - neuron.theta());
        }
    }

    /** What the reset leaves of a potential. */
    private double kept(ReferenceTrace.Layer layer, int at) {
        double potential = layer.potential[at];
        double spike = layer.spike[at];
        if (neuron.reset() == Reset.HARD) {
            return potential * (1 - spike);
        }
        return neuron.reset() == Reset.SOFT ? potential - neuron.theta() * spike : potential;
    }

    /** Fills gradient and gradientSum of {@code layer} from its dspike. */
    void backward(ReferenceTrace.Layer layer) {
        boolean hard = neuron.reset() == Reset.HARD;
        for (int step = layer.steps() - 1; step >= 0; step--) {
            for (int output = 0; output < layer.outputs(); output++) {
                int now = step * layer.outputs() + output;
                double leaked = step == layer.steps() - 1 ? 0 : neuron.alpha() * layer.gradient[now + layer.outputs()];
                double throughSpike =
                        layer.derivative[now] * (layer.dspike[now] - leaked * resetBy(layer.potential[now]));
                layer.gradient[now] = throughSpike + (hard ? 1 - layer.spike[now] : 1) * leaked;
                layer.gradientSum[output] += layer.gradient[now];
            }
        }
    }

    /** By how much a spike lowers what the leak keeps, as far as the gradient sees it. */
    private double resetBy(double potential) {
        if (neuron.detachReset() || neuron.reset() == Reset.NONE) {
            return 0;
        }
        return neuron.reset() == Reset.HARD ? potential : neuron.theta();
    }

    /**
     * Fills dspike of the layer below where its window is open.
     *
     * @param weight this layer's weights, row-major [out][ky][kx][in]
     */
    void propagate(double[] weight, ReferenceTrace.Layer layer, ReferenceTrace.Layer below) {
        double[] sum = new double[below.outputs()];
        int outputs = shape.outputs();
        for (int step = 0; step < layer.steps(); step++) {
            Arrays.fill(sum, 0);
            for (int point = 0; point < shape.points(); point++) {
                int[] segments = connections.segments(point);
                for (int output = 0; output < outputs; output++) {
                    double gradient = layer.gradient[step * layer.outputs() + point * outputs + output];
                    for (int at = 0; gradient != 0 && at < segments.length; at += 3) {
                        int first = output * shape.inputs() + segments[at + 1];
                        addScaled(weight, first, gradient, sum, segments[at], segments[at + 2]);
                    }
                }
            }
            int first = step * sum.length;
            for (int index = 0; index < sum.length; index++) {
                below.dspike[first + index] = below.derivative[first + index] == 0 ? 0 : sum[index];
            }
        }
    }
}
