package h2learn.model.fixed;

import h2learn.data.Sample;
import h2learn.network.Connections;
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
    private final List<Connections> connections;
    private final int[][] weights;
    private final int[][] biases;

    /** All zero. */
    public WeightGradients(Network network) {
        shapes = network.shapes();
        connections = shapes.stream().map(Connections::new).toList();
        weights = new int[shapes.size()][];
        biases = new int[shapes.size()][];
        for (LayerShape shape : shapes) {
            weights[shape.index()] = new int[shape.outputs() * shape.inputs()];
            biases[shape.index()] = new int[shape.bias() ? shape.outputs() : 0];
        }
    }

    /** dW, row-major [out][in], in a convolution [out][ky][kx][in]. Not to be changed. */
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
        LayerInput input = new LayerInput(shape, sample, layer == 0 ? null : trace.layer(layer - 1));
        if (shape.bias()) {
            for (int point = 0; point < shape.points(); point++) {
                for (int output = from; output < to; output++) {
                    int sum = own.gradientSum[point * shape.outputs() + output];
                    biases[layer][output] += sum << shape.inputFractionBits();
                }
            }
        }
        if (shape.staticInput()) {
            add(shape, from, to, own.gradientSum, 0, input.values(0));
            return;
        }
        for (int step = 0; step < own.steps(); step++) {
            add(shape, from, to, own.gradient, step * own.outputs(), input.values(step));
        }
    }

    /** Adds gradient (x) values, the gradients of all points from {@code first} on. */
    private void add(LayerShape shape, int from, int to, int[] gradient, int first, int[] values) {
        int[] weight = weights[shape.index()];
        Connections reads = connections.get(shape.index());
        for (int point = 0; point < shape.points(); point++) {
            int[] segments = reads.segments(point);
            for (int output = from; output < to; output++) {
                int factor = gradient[first + point * shape.outputs() + output];
                if (factor != 0) {
                    int row = output * shape.inputs();
                    for (int at = 0; at < segments.length; at += 3) {
                        addScaled(values, segments[at], factor, weight, row + segments[at + 1], segments[at + 2]);
                    }
                }
            }
        }
    }

    private static void addScaled(int[] values, int from, int factor, int[] weight, int to, int length) {
        for (int index = 0; index < length; index++) {
            weight[to + index] += values[from + index] * factor;
        }
    }

    void clear(int layer, int from, int to) {
        int inputs = shapes.get(layer).inputs();
        Arrays.fill(weights[layer], from * inputs, to * inputs, 0);
        if (shapes.get(layer).bias()) {
            Arrays.fill(biases[layer], from, to, 0);
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
