package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.List;

/** Sums of gradients over the samples of a minibatch, in the order in which they are accumulated. */
public final class ReferenceGradients {
    private final List<LayerShape> shapes;
    private final Parameters sums;

    /** All zero. */
    public ReferenceGradients(Network network) {
        shapes = network.shapes();
        sums = new Parameters(network);
    }

    /** dW, row-major [out][in]. */
    public double[] weight(int layer) {
        return sums.weight(layer);
    }

    /** db as [out], or empty when the layer has no bias. */
    public double[] bias(int layer) {
        return sums.bias(layer);
    }

    /** Adds the gradients of one sample. */
    public void accumulate(ReferenceTrace trace, Sample sample) {
        for (LayerShape shape : shapes) {
            accumulate(shape.index(), 0, shape.outputs(), trace, sample);
        }
    }

    /** Subtracts {@code learningRate / minibatchSamples} times the gradients from the parameters. */
    public void update(Parameters parameters, double learningRate, int minibatchSamples) {
        for (LayerShape shape : shapes) {
            update(parameters, learningRate, minibatchSamples, shape.index(), 0, shape.outputs());
        }
    }

    /** Adds rows {@code from} (inclusive) to {@code to} (exclusive) of one layer. */
    void accumulate(int layer, int from, int to, ReferenceTrace trace, Sample sample) {
        LayerShape shape = shapes.get(layer);
        ReferenceTrace.Layer own = trace.layers().get(layer);
        double scale = Math.scalb(1.0, -shape.inputFractionBits());
        for (int output = from; output < to; output++) {
            if (shape.bias()) {
                sums.bias(layer)[output] += own.gradientSum[output];
            }
            int row = output * shape.inputs();
            if (shape.staticInput()) {
                addScaled(row, layer, sample.values(), 0, own.gradientSum[output] * scale);
                continue;
            }
            for (int step = 0; step < own.steps(); step++) {
                double gradient = own.gradient[step * own.outputs() + output];
                int first = step * shape.inputs();
                if (layer == 0) {
                    addScaled(row, layer, sample.values(), first, gradient * scale);
                } else {
                    addScaled(row, layer, trace.layers().get(layer - 1).spike, first, gradient);
                }
            }
        }
    }

    void update(Parameters parameters, double learningRate, int minibatchSamples, int layer, int from, int to) {
        int inputs = shapes.get(layer).inputs();
        double factor = learningRate / minibatchSamples;
        subtract(parameters.weight(layer), sums.weight(layer), factor, from * inputs, to * inputs);
        if (shapes.get(layer).bias()) {
            subtract(parameters.bias(layer), sums.bias(layer), factor, from, to);
        }
    }

    void clear(int layer, int from, int to) {
        int inputs = shapes.get(layer).inputs();
        Arrays.fill(sums.weight(layer), from * inputs, to * inputs, 0);
        if (shapes.get(layer).bias()) {
            Arrays.fill(sums.bias(layer), from, to, 0);
        }
    }

    private static void subtract(double[] parameter, double[] gradient, double factor, int from, int to) {
        for (int index = from; index < to; index++) {
            parameter[index] -= factor * gradient[index];
        }
    }

    private void addScaled(int row, int layer, int[] values, int first, double gradient) {
        double[] weight = sums.weight(layer);
        int inputs = shapes.get(layer).inputs();
        if (gradient != 0) {
            for (int channel = 0; channel < inputs; channel++) {
                weight[row + channel] += values[first + channel] * gradient;
            }
        }
    }

    private void addScaled(int row, int layer, double[] spikes, int first, double gradient) {
        double[] weight = sums.weight(layer);
        int inputs = shapes.get(layer).inputs();
        if (gradient != 0) {
            for (int channel = 0; channel < inputs; channel++) {
                weight[row + channel] += spikes[first + channel] * gradient;
            }
        }
    }
}
