package h2learn.model;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.Arrays;
import java.util.List;

/** Real-valued weights and biases of all layers; the float model trains them, the integer model starts from them. */
public final class Parameters {
    private final double[][] weights;
    private final double[][] biases;

    private Parameters(double[][] weights, double[][] biases) {
        this.weights = weights;
        this.biases = biases;
    }

    /** All zero. */
    public Parameters(Network network) {
        List<LayerShape> shapes = network.shapes();
        weights = new double[shapes.size()][];
        biases = new double[shapes.size()][];
        for (LayerShape shape : shapes) {
            weights[shape.index()] = new double[shape.outputs() * shape.inputs()];
            biases[shape.index()] = new double[shape.bias() ? shape.outputs() : 0];
        }
    }

    /** Weights uniform in +-initialGain / sqrt(inputs), biases 0; a function of the network and the seed alone. */
    public static Parameters initial(Network network, long seed) {
        Parameters parameters = new Parameters(network);
        for (LayerShape shape : network.shapes()) {
            double bound = network.training().initialGain() / Math.sqrt(Math.max(1, shape.inputs()));
            double[] weight = parameters.weight(shape.index());
            for (int index = 0; index < weight.length; index++) {
                weight[index] = bound * (2 * CounterRandom.uniform(seed, shape.index(), index) - 1);
            }
        }
        return parameters;
    }

    public int layers() {
        return weights.length;
    }

    /** Row-major [out][in], in a convolution [out][ky][kx][in], in a pool empty; the array itself, to be changed in place. */
    public double[] weight(int layer) {
        return weights[layer];
    }

    /** [out], or empty when the layer has no bias; the array itself, to be changed in place. */
    public double[] bias(int layer) {
        return biases[layer];
    }

    public Parameters copy() {
        return new Parameters(deepCopy(weights), deepCopy(biases));
    }

    private static double[][] deepCopy(double[][] arrays) {
        return Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    }
}
