package h2learn.model.fixed;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.List;

/** What UPDATE carries from one minibatch to the next: the momentum v of all weights and biases, and a count. */
public final class UpdateState {
    private final int[][] weights;
    private final int[][] biases;
    private int updates;

    /** All zero. */
    public UpdateState(Network network) {
        List<LayerShape> shapes = network.shapes();
        boolean kept = network.training().momentum() > 0;
        weights = new int[shapes.size()][];
        biases = new int[shapes.size()][];
        for (LayerShape shape : shapes) {
            weights[shape.index()] = new int[kept ? shape.outputs() * shape.inputs() : 0];
            biases[shape.index()] = new int[kept && shape.bias() ? shape.outputs() : 0];
        }
    }

    /** v of a layer's weights, row-major [out][in], 32-bit integers of dW's unit; empty without momentum. */
    public int[] weight(int layer) {
        return weights[layer];
    }

    /** v of a layer's biases, as [out]; empty without momentum. */
    public int[] bias(int layer) {
        return biases[layer];
    }

    /** How many minibatches were updated. */
    public int updates() {
        return updates;
    }

    /** All layers of a minibatch are updated. */
    public void advance() {
        updates++;
    }
}
