package h2learn.model.reference;

import h2learn.network.LayerShape;
import h2learn.network.LayerShape.Operation;
import java.util.List;

/** One pool over all steps, forward and backward. */
final class ReferencePool {
    private final LayerShape shape;
    private final boolean maximum;
    private final double scale;

    /** @param shapes of all layers; the average's scale is that of the next layer's input */
    ReferencePool(List<LayerShape> shapes, int index) {
        shape = shapes.get(index);
        maximum = shape.operation() == Operation.MAX_POOL;
        scale = maximum ? 1 : Math.scalb(1.0, -shapes.get(index + 1).inputFractionBits());
    }

    /** Fills spike and derivative of {@code layer}. */
    void forward(ReferenceTrace.Layer below, ReferenceTrace.Layer layer) {
        for (int step = 0; step < layer.steps(); step++) {
            for (int output = 0; output < layer.outputs(); output++) {
                int now = step * layer.outputs() + output;
                if (maximum) {
                    int first = firstMaximum(below, step, output);
                    layer.spike[now] = below.spike[first];
                    layer.derivative[now] = below.derivative[first];
                } else {
                    for (int tap = 0; tap < shape.taps(); tap++) {
                        int read = read(step, output, tap);
                        layer.spike[now] += scale * below.spike[read];
                        layer.derivative[now] = Math.max(layer.derivative[now], below.derivative[read]);
                    }
                }
            }
        }
    }

    /** Fills dspike of the layer below where its window is open. */
    void propagate(ReferenceTrace.Layer layer, ReferenceTrace.Layer below) {
        for (int step = 0; step < layer.steps(); step++) {
            for (int output = 0; output < layer.outputs(); output++) {
                double error = layer.dspike[step * layer.outputs() + output];
                if (maximum) {
                    add(error, below, firstMaximum(below, step, output));
                } else {
                    for (int tap = 0; tap < shape.taps(); tap++) {
                        add(scale * error, below, read(step, output, tap));
                    }
                }
            }
        }
    }

    private static void add(double error, ReferenceTrace.Layer below, int at) {
        if (below.derivative[at] != 0) {
            below.dspike[at] += error;
        }
    }

    /** The largest value of the square, of several the first in raster order. */
    private int firstMaximum(ReferenceTrace.Layer below, int step, int output) {
        int best = read(step, output, 0);
        for (int tap = 1; tap < shape.taps(); tap++) {
            int other = read(step, output, tap);
            best = below.spike[other] > below.spike[best] ? other : best;
        }
        return best;
    }

    /** Where the neuron lies that an output reads through a tap. */
    private int read(int step, int output, int tap) {
        int channels = shape.output().channels();
        int point = output / channels;
        int y = point / shape.output().width() * shape.stride() + tap / shape.kernel();
        int x = point % shape.output().width() * shape.stride() + tap % shape.kernel();
        return step * shape.inputValues() + (y * shape.input().width() + x) * channels + output % channels;
    }
}
