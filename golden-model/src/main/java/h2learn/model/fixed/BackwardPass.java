package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.Connections;
import h2learn.network.LayerShape;
import h2learn.number.Rounding;
import java.util.Arrays;

/** One layer of neurons, backward over all steps: neurons, then the error into the layer below. */
final class BackwardPass {
    private final LayerShape shape;
    private final Connections connections;
    private final LayerConstants constants;
    private final Formats formats;

    BackwardPass(LayerShape shape, Connections connections, LayerConstants constants, Formats formats) {
        this.shape = shape;
        this.connections = connections;
        this.constants = constants;
        this.formats = formats;
    }

    /** Fills gradient and gradientSum of {@code trace} from its dspike, and counts the saturations of gu. */
    void neurons(LayerTrace trace) {
        int outputs = trace.outputs();
        int shift = NeuronRule.gradientShift(formats.weightFractionBits());
        NeuronRule neuron = constants.neuron();
        for (int step = trace.steps() - 1; step >= 0; step--) {
            boolean last = step == trace.steps() - 1;
            for (int output = 0; output < outputs; output++) {
                int now = step * outputs + output;
                long gradient = neuron.gradient(
                        trace.potential[now],
                        trace.spike[now] != 0,
                        trace.window[now] != 0,
                        trace.dspike[now],
                        last ? 0 : trace.gradient[now + outputs],
                        formats.weightFractionBits());
                if (gradient != 0) {
                    trace.gradient[now] = writeBack(gradient, shift, trace);
                    trace.gradientSum[output] += trace.gradient[now];
                }
            }
        }
    }

    /**
     * Fills dspike of the layer below where its window is open, and counts its saturations.
     *
     * @param weight this layer's weights, row-major [out][ky][kx][in]
     */
    void propagate(int[] weight, LayerTrace trace, LayerTrace below) {
        int inputs = below.outputs();
        int terms = shape.outputs() * shape.taps();
        boolean narrow = formats.weightBits() + formats.gradientBits() + bitLength(terms) <= 32;
        int[] narrowSum = new int[narrow ? inputs : 0];
        long[] wideSum = new long[narrow ? 0 : inputs];
        for (int step = 0; step < trace.steps(); step++) {
            Arrays.fill(narrowSum, 0);
            Arrays.fill(wideSum, 0);
            if (!error(weight, trace.gradient, step * trace.outputs(), narrowSum, wideSum)) {
                continue;
            }
            int first = step * inputs;
            for (int index = 0; index < inputs; index++) {
                if (below.window[first + index] != 0) {
                    long sum = narrow ? narrowSum[index] : wideSum[index];
                    below.dspike[first + index] = writeBack(sum, constants.backwardShift(), below);
                }
            }
        }
    }

    /**
     * W^T gu of one step into the sum that is not empty: in ints where |w| * |gu| * outputs * taps fits, else in longs.
     * False when every gu is 0.
     */
    private boolean error(int[] weight, int[] gradient, int first, int[] narrowSum, long[] wideSum) {
        boolean any = false;
        int outputs = shape.outputs();
        for (int point = 0; point < shape.points(); point++) {
            int[] segments = connections.segments(point);
            for (int output = 0; output < outputs; output++) {
                int factor = gradient[first + point * outputs + output];
                if (factor != 0) {
                    any = true;
                    int row = output * shape.inputs();
                    for (int at = 0; at < segments.length; at += 3) {
                        if (narrowSum.length > 0) {
                            addNarrow(
                                    weight, row + segments[at + 1], factor, narrowSum, segments[at], segments[at + 2]);
                        } else {
                            addWide(weight, row + segments[at + 1], factor, wideSum, segments[at], segments[at + 2]);
                        }
                    }
                }
            }
        }
        return any;
    }

    private static void addNarrow(int[] weight, int from, int factor, int[] sum, int to, int length) {
        for (int index = 0; index < length; index++) {
            sum[to + index] += weight[from + index] * factor;
        }
    }

    private static void addWide(int[] weight, int from, long factor, long[] sum, int to, int length) {
        for (int index = 0; index < length; index++) {
            sum[to + index] += weight[from + index] * factor;
        }
    }

    /** The only place where ds and gu are rounded and saturated. */
    private int writeBack(long value, int shift, LayerTrace trace) {
        long rounded = Rounding.shiftRight(value, shift);
        long saturated = Rounding.saturate(rounded, formats.gradientBits());
        if (saturated != rounded) {
            trace.saturations++;
        }
        return (int) saturated;
    }

    private static int bitLength(int value) {
        return 32 - Integer.numberOfLeadingZeros(value);
    }
}
