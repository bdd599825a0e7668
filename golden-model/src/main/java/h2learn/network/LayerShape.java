package h2learn.network;

import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Weighted;
import java.util.ArrayList;
import java.util.List;

/**
 * What one layer of a {@link Network} reads and writes. A dense layer is a convolution of a 1x1 image with a 1x1 kernel,
 * its input channels all values of the layer below.
 *
 * @param index 0 for the first layer
 * @param operation what the layer computes
 * @param input extent of what it reads
 * @param output extent of what it writes
 * @param kernel height and width of the kernel; 1 for dense
 * @param stride distance of neighbouring output points; 1 for dense
 * @param padding zeros around the input; 0 for dense and pools
 * @param bias whether there is one
 * @param inputPlanes bit-planes of an input value, 1 for spikes
 * @param inputFractionBits the input value is integer / 2^inputFractionBits
 * @param inputSigned whether the top plane is negative
 * @param staticInput whether the input is the same for every step: computed once, used T times
 * @param gradientExponent of this layer's gu and ds; a pool's is that of the layer below
 */
public record LayerShape(
        int index,
        Operation operation,
        Extent input,
        Extent output,
        int kernel,
        int stride,
        int padding,
        boolean bias,
        int inputPlanes,
        int inputFractionBits,
        boolean inputSigned,
        boolean staticInput,
        int gradientExponent) {

    /** CONV2D is also dense. The pools have neither weights nor neurons. */
    public enum Operation {
        CONV2D,
        AVERAGE_POOL,
        MAX_POOL
    }

    /** Channels, height and width of an image whose value (y, x, c) lies at (y * width + x) * channels + c. */
    public record Extent(int channels, int height, int width) {
        public int points() {
            return height * width;
        }

        public int values() {
            return channels * height * width;
        }
    }

    /** Whether the layer has weights and neurons. */
    public boolean weighted() {
        return operation == Operation.CONV2D;
    }

    /** Weights of one output channel, kernel * kernel * input channels; the input values of a dense layer. 0 for pools. */
    public int inputs() {
        return weighted() ? taps() * input.channels() : 0;
    }

    /** Rows of the weight matrix: output channels; the neurons of a dense layer. 0 for pools. */
    public int outputs() {
        return weighted() ? output.channels() : 0;
    }

    /** Axes of the weights: output channels, kernel rows, kernel columns, input channels; of a dense layer two. */
    public int[] weightShape() {
        return kernel == 1 && input.points() == 1
                ? new int[] {outputs(), inputs()}
                : new int[] {outputs(), kernel, kernel, input.channels()};
    }

    /** Points of the kernel. */
    public int taps() {
        return kernel * kernel;
    }

    /** Output points a step: 1 for dense. */
    public int points() {
        return output.points();
    }

    /** Bit-planes of an output value: 1 for spikes. */
    public int outputPlanes() {
        return operation == Operation.AVERAGE_POOL ? averagePlanes(kernel) : 1;
    }

    /** Input values a step. */
    public int inputValues() {
        return input.values();
    }

    /** Output values a step: the neurons of a weighted layer. */
    public int outputValues() {
        return output.values();
    }

    /**
     * Fraction bits of an average-pool's output: sum / 2^bits is the mean for 2x2 and 9/8 of the mean for 3x3, whose
     * 8/9 is folded into the next layer's weights.
     */
    static int averageFractionBits(int kernel) {
        return kernel == 2 ? 2 : 3;
    }

    /** Bit-planes that hold 0 .. kernel * kernel. */
    static int averagePlanes(int kernel) {
        return 32 - Integer.numberOfLeadingZeros(kernel * kernel);
    }

    static List<LayerShape> of(Network network) {
        List<LayerShape> shapes = new ArrayList<>();
        Network.Input input = network.input();
        Extent extent = new Extent(input.channels(), input.height(), input.width());
        int planes = input.bits();
        int fractionBits = input.fractionBits();
        boolean direct = input.encoding() == Network.Encoding.DIRECT;
        int exponent = 0;
        for (int index = 0; index < network.layers().size(); index++) {
            Network.Layer layer = network.layers().get(index);
            boolean first = index == 0;
            Extent read = layer instanceof Network.Dense ? new Extent(extent.values(), 1, 1) : extent;
            Extent written = output(layer, read);
            exponent = layer instanceof Weighted weighted ? weighted.gradientExponent() : exponent;
            shapes.add(new LayerShape(
                    index,
                    operation(layer),
                    read,
                    written,
                    kernel(layer),
                    stride(layer),
                    layer instanceof Conv2d conv ? conv.padding() : 0,
                    layer instanceof Weighted weighted && weighted.bias(),
                    planes,
                    fractionBits,
                    first && input.signed(),
                    first && direct,
                    exponent));
            boolean averaged = layer instanceof Pool pool && pool.reduction() == Reduction.AVERAGE;
            planes = averaged ? averagePlanes(kernel(layer)) : 1;
            fractionBits = averaged ? averageFractionBits(kernel(layer)) : 0;
            extent = written;
        }
        return List.copyOf(shapes);
    }

    private static Operation operation(Network.Layer layer) {
        if (layer instanceof Pool pool) {
            return pool.reduction() == Reduction.AVERAGE ? Operation.AVERAGE_POOL : Operation.MAX_POOL;
        }
        return Operation.CONV2D;
    }

    private static int kernel(Network.Layer layer) {
        if (layer instanceof Conv2d conv) {
            return conv.kernel();
        }
        return layer instanceof Pool pool ? pool.kernel() : 1;
    }

    private static int stride(Network.Layer layer) {
        if (layer instanceof Conv2d conv) {
            return conv.stride();
        }
        return layer instanceof Pool pool ? pool.stride() : 1;
    }

    /** Extent of what a layer makes of an input: (size + 2 * padding - kernel) / stride + 1 points, rounded down. */
    static Extent output(Network.Layer layer, Extent read) {
        if (layer instanceof Network.Dense dense) {
            return new Extent(dense.outputs(), 1, 1);
        }
        int padding = layer instanceof Conv2d conv ? conv.padding() : 0;
        int height = points(read.height() + 2 * padding, layer);
        int width = points(read.width() + 2 * padding, layer);
        return new Extent(layer instanceof Conv2d conv ? conv.outputs() : read.channels(), height, width);
    }

    private static int points(int size, Network.Layer layer) {
        return size < kernel(layer) ? 0 : (size - kernel(layer)) / stride(layer) + 1;
    }
}
