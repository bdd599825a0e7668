package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.FixedFormat;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Master copies of all weights and biases: integers of {@code formats.master()}. UPDATE changes them. */
public final class MasterWeights {
    private final int[][] weights;
    private final int[][] biases;
    private final int[] outputs;

    private MasterWeights(int[][] weights, int[][] biases, int[] outputs) {
        this.weights = weights;
        this.biases = biases;
        this.outputs = outputs;
    }

    /** All zero. */
    public static MasterWeights zero(Network network) {
        List<LayerShape> shapes = network.shapes();
        int[][] weights = new int[shapes.size()][];
        int[][] biases = new int[shapes.size()][];
        int[] outputs = new int[shapes.size()];
        for (LayerShape shape : shapes) {
            weights[shape.index()] = new int[shape.outputs() * shape.inputs()];
            biases[shape.index()] = new int[shape.bias() ? shape.outputs() : 0];
            outputs[shape.index()] = shape.outputs();
        }
        return new MasterWeights(weights, biases, outputs);
    }

    /** The rounded initial parameters of {@link Parameters#initial}: both models start from the same point. */
    public static MasterWeights initial(Network network, Formats formats, long seed) {
        return of(network, Parameters.initial(network, seed), formats);
    }

    /** Rounded to nearest and saturated. */
    public static MasterWeights of(Network network, Parameters parameters, Formats formats) {
        MasterWeights master = zero(network);
        for (int layer = 0; layer < master.layers(); layer++) {
            quantize(parameters.weight(layer), master.weight(layer), formats.master());
            quantize(parameters.bias(layer), master.bias(layer), formats.master());
        }
        return master;
    }

    private static void quantize(double[] from, int[] to, FixedFormat format) {
        for (int index = 0; index < to.length; index++) {
            to[index] = (int) format.quantize(from[index]);
        }
    }

    public int layers() {
        return weights.length;
    }

    /** Row-major [out][in], in a convolution [out][ky][kx][in], in a pool empty; the array itself, to be changed in place. */
    public int[] weight(int layer) {
        return weights[layer];
    }

    /** [out], or empty when the layer has no bias; the array itself, to be changed in place. */
    public int[] bias(int layer) {
        return biases[layer];
    }

    /** Rows of the layer's weight matrix; 0 for a pool. */
    public int outputs(int layer) {
        return outputs[layer];
    }

    public MasterWeights copy() {
        return new MasterWeights(deepCopy(weights), deepCopy(biases), outputs);
    }

    private static int[][] deepCopy(int[][] arrays) {
        return Arrays.stream(arrays).map(int[]::clone).toArray(int[][]::new);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MasterWeights that
                && Arrays.deepEquals(weights, that.weights)
                && Arrays.deepEquals(biases, that.biases);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(weights) + Arrays.deepHashCode(biases);
    }
}
