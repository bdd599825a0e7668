package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.network.Connections;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.List;

/** Sums of gradients over the samples of a minibatch, in the order in which they are accumulated. */
public final class ReferenceGradients {
    private final List<LayerShape> shapes;
    private final List<Connections> connections;
    private final Parameters sums;

    /** All zero. */
    public ReferenceGradients(Network network) {
        shapes = network.shapes();
        connections = shapes.stream().map(Connections::new).toList();
        sums = new Parameters(network);
    }

    /** dW, row-major [out][in], in a convolution [out][ky][kx][in]. */
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

    /** Adds rows {@code from} (inclusive) to {@code to} (exclusive) of one layer. */
    void accumulate(int layer, int from, int to, ReferenceTrace trace, Sample sample) {
        LayerShape shape = shapes.get(layer);
        ReferenceTrace.Layer own = trace.layers().get(layer);
        ReferenceInput input = new ReferenceInput(
                shape, sample, layer == 0 ? null : trace.layers().get(layer - 1));
        if (shape.bias()) {
            for (int point = 0; point < shape.points(); point++) {
                for (int output = from; output < to; output++) {
                    sums.bias(layer)[output] += own.gradientSum[point * shape.outputs() + output];
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
    private void add(LayerShape shape, int from, int to, double[] gradient, int first, double[] values) {
        double[] weight = sums.weight(shape.index());
        Connections reads = connections.get(shape.index());
        for (int point = 0; point < shape.points(); point++) {
            int[] segments = reads.segments(point);
            for (int output = from; output < to; output++) {
                double factor = gradient[first + point * shape.outputs() + output];
                if (factor != 0) {
                    int row = output * shape.inputs();
                    for (int at = 0; at < segments.length; at += 3) {
                        addScaled(values, segments[at], factor, weight, row + segments[at + 1], segments[at + 2]);
                    }
                }
            }
        }
    }

    private static void addScaled(double[] values, int from, double factor, double[] weight, int to, int length) {
        for (int index = 0; index < length; index++) {
            weight[to + index] += values[from + index] * factor;
        }
    }

    void clear(int layer, int from, int to) {
        int inputs = shapes.get(layer).inputs();
        Arrays.fill(sums.weight(layer), from * inputs, to * inputs, 0);
        if (shapes.get(layer).bias()) {
            Arrays.fill(sums.bias(layer), from, to, 0);
        }
    }
}
