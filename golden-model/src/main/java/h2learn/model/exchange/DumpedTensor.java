package h2learn.model.exchange;

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
    static final List<String> WEIGHT_AXES = List.of("out", "in");
    static final List<String> BIAS_AXES = List.of("out");
    static final List<String> NEURON_AXES = List.of("sample", "step", "channel");

    DumpedTensor {
        axes = List.copyOf(axes);
    }
}
