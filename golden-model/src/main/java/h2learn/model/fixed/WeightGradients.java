package h2learn.model.fixed;

import h2learn.data.Sample;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of gradients over the samples of a minibatch, 32 bits. Exact for {@code training.minibatch} samples of a network
 * that {@code NetworkCheck} accepts; the order of the samples does not matter.
 */
public final class WeightGradients {
    private final List<LayerShape> shapes;
    private final int[][] weights;
    private final int[][] biases;

    /** All zero. */
    public WeightGradients(Network network) {
        shapes = network.shapes();
        weights = new int[shapes.size()][];
        biases = new int[shapes.size()][];
        for (LayerShape shape : shapes) {
            weights[shape.index()] = new int[shape.outputs() * shape.inputs()];
            biases[shape.index()] = new int[shape.bias() ? shape.outputs() : 0];
        }
    }

    /** dW, row-major [out][in]. Not to be changed. */
    public int[] weight(int layer) {
        return weights[layer];
    }

    /** db as [out], or empty when the layer has no bias. Not to be changed. */
    public int[] bias(int layer) {
        return biases[layer];
    }

    /** Adds the gradients of one sample. */
    public void accumulate(SampleTrace trace, Sample sample) {
        for (LayerShape shape : shapes) {
            accumulate(shape.index(), 0, shape.outputs(), trace, sample);
        }
    }

    /** Adds rows {@code from} (inclusive) to {@code to} (exclusive) of one layer. */
    void accumulate(int layer, int from, int to, SampleTrace trace, Sample sample) {
        LayerShape shape = shapes.get(layer);
        LayerTrace own = trace.layer(layer);
        for (int output = from; output < to; output++) {
            if (shape.bias()) {
                biases[layer][output] += own.gradientSum[output] << shape.inputFractionBits();
            }
            int row = output * shape.inputs();
            if (shape.staticInput()) {
                addScaled(weights[layer], row, sample.values(), own.gradientSum[output]);
                continue;
            }
            for (int step = 0; step < own.steps(); step++) {
                int gradient = own.gradient[step * own.outputs() + output];
                if (gradient != 0) {
                    addWhereSpiking(layer, row, step, gradient, trace, sample);
                }
            }
        }
    }

    void clear(int layer, int from, int to) {
        int inputs = shapes.get(layer).inputs();
        Arrays.fill(weights[layer], from * inputs, to * inputs, 0);
        if (shapes.get(layer).bias()) {
            Arrays.fill(biases[layer], from, to, 0);
        }
    }

    private static void addScaled(int[] weight, int row, int[] values, int gradient) {
        if (gradient == 0) {
            return;
        }
        for (int channel = 0; channel < values.length; channel++) {
            weight[row + channel] += values[channel] * gradient;
        }
    }

    private void addWhereSpiking(int layer, int row, int step, int gradient, SampleTrace trace, Sample sample) {
        int inputs = shapes.get(layer).inputs();
        int[] weight = weights[layer];
        int first = step * inputs;
        if (layer == 0) {
            int[] values = sample.values();
            for (int channel = 0; channel < inputs; channel++) {
                weight[row + channel] += values[first + channel] * gradient;
            }
            return;
        }
        byte[] spikes = trace.layer(layer - 1).spike;
        for (int channel = 0; channel < inputs; channel++) {
            weight[row + channel] += spikes[first + channel] * gradient;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WeightGradients that
                && Arrays.deepEquals(weights, that.weights)
                && Arrays.deepEquals(biases, that.biases);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(weights) + Arrays.deepHashCode(biases);
    }
}
