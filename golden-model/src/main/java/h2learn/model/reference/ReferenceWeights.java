package h2learn.model.reference;

import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.List;

/** {@link Parameters} with a transposed copy of each weight matrix, so that the forward pass reads contiguously. */
public final class ReferenceWeights {
    private final List<LayerShape> shapes;
    private final Parameters parameters;
    private final double[][] transposed;

    /** Keeps the parameters; whoever changes them calls {@link #refresh}. */
    public ReferenceWeights(Network network, Parameters parameters) {
        this.parameters = parameters;
        shapes = network.shapes();
        transposed = new double[shapes.size()][];
        for (LayerShape shape : shapes) {
            transposed[shape.index()] = new double[shape.outputs() * shape.inputs()];
            refresh(shape.index(), 0, shape.outputs());
        }
    }

    public Parameters parameters() {
        return parameters;
    }

    /** The weights as [in][out]. */
    double[] transposed(int layer) {
        return transposed[layer];
    }

    /** Copies rows {@code from} (inclusive) to {@code to} (exclusive) again. */
    void refresh(int layer, int from, int to) {
        int inputs = shapes.get(layer).inputs();
        int outputs = shapes.get(layer).outputs();
        double[] rowMajor = parameters.weight(layer);
        double[] columnMajor = transposed[layer];
        for (int input = 0; input < inputs; input++) {
            for (int row = from; row < to; row++) {
                columnMajor[input * outputs + row] = rowMajor[row * inputs + input];
            }
        }
    }
}
