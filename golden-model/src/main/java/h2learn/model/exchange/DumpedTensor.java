package h2learn.model.exchange;

import h2learn.network.LayerShape;
import h2learn.tensor.NpyArray;
import java.util.List;

/**
 * One file of a dump.
 *
 * @param name without {@code .npy}
 * @param axes what each dimension counts, outermost first
 * @param array the values
 * @param fractionBits each value times 2^fractionBits is an integer, the one that the integer model computes with; -1
 *     where the float model computed it
 */
record DumpedTensor(String name, List<String> axes, NpyArray array, int fractionBits) {
    static final int FLOAT = -1;
    static final List<String> BIAS_AXES = List.of("out");
    /** The channels of an image are its values as they lie: (y * width + x) * channels + c. */
    static final List<String> NEURON_AXES = List.of("sample", "step", "channel");

    DumpedTensor {
        axes = List.copyOf(axes);
    }

    /** The names of {@link LayerShape#weightShape()}. */
    static List<String> weightAxes(LayerShape shape) {
        return shape.weightShape().length == 2
                ? List.of("out", "in")
                : List.of("out", "kernel row", "kernel column", "in");
    }
}
