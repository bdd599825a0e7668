package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.number.Rounding;

/** The weights and biases as the forward and backward engines use them: sat(rne(master, Fm - Fw), Wb). */
public final class EngineWeights {
    private final int[][] weights;
    private final int[][] transposed;
    private final int[][] biases;
    private final Formats formats;

    private EngineWeights(MasterWeights master, Formats formats) {
        this.formats = formats;
        weights = new int[master.layers()][];
        transposed = new int[master.layers()][];
        biases = new int[master.layers()][];
        for (int layer = 0; layer < master.layers(); layer++) {
            weights[layer] = new int[master.weight(layer).length];
            transposed[layer] = new int[master.weight(layer).length];
            biases[layer] = new int[master.bias(layer).length];
        }
    }

    public static EngineWeights of(MasterWeights master, Formats formats) {
        EngineWeights engine = new EngineWeights(master, formats);
        for (int layer = 0; layer < master.layers(); layer++) {
            int rows = master.outputs(layer);
            if (rows > 0) {
                engine.refresh(master, layer, rows, 0, rows);
            }
        }
        return engine;
    }

    /** One weight or bias, rounded and saturated. */
    public static int round(int master, Formats formats) {
        int shift = formats.masterFractionBits() - formats.weightFractionBits();
        return (int) Rounding.saturate(Rounding.shiftRight(master, shift), formats.weightBits());
    }

    /** Row-major [out][in], in a convolution [out][ky][kx][in]. Not to be changed. */
    public int[] weight(int layer) {
        return weights[layer];
    }

    /** [out], or empty when the layer has no bias. Not to be changed. */
    public int[] bias(int layer) {
        return biases[layer];
    }

    /** The weights as [in][out], in a convolution [ky][kx][in][out]: forward adds the column of one input to all outputs, contiguously. */
    int[] transposed(int layer) {
        return transposed[layer];
    }

    /** Rounds rows {@code from} (inclusive) to {@code to} (exclusive) of {@code rows} again. */
    void refresh(MasterWeights master, int layer, int rows, int from, int to) {
        int inputs = weights[layer].length / rows;
        int[] source = master.weight(layer);
        int[] rowMajor = weights[layer];
        int[] columnMajor = transposed[layer];
        for (int index = from * inputs; index < to * inputs; index++) {
            rowMajor[index] = round(source[index], formats);
        }
        for (int input = 0; input < inputs; input++) {
            for (int row = from; row < to; row++) {
                columnMajor[input * rows + row] = rowMajor[row * inputs + input];
            }
        }
        if (biases[layer].length > 0) {
            for (int row = from; row < to; row++) {
                biases[layer][row] = round(master.bias(layer)[row], formats);
            }
        }
    }
}
