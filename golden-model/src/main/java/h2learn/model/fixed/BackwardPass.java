package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.number.Rounding;
import java.util.Arrays;

/** One layer, backward over all steps: neurons, then the error into the layer below. */
final class BackwardPass {
    private final LayerConstants constants;
    private final Formats formats;

    BackwardPass(LayerConstants constants, Formats formats) {
        this.constants = constants;
        this.formats = formats;
    }

    /** Fills gradient and gradientSum of {@code trace} from its dspike, and counts the saturations of gu. */
    void neurons(LayerTrace trace) {
        int outputs = trace.outputs();
        int fraction = 8 + formats.weightFractionBits();
        for (int step = trace.steps() - 1; step >= 0; step--) {
            boolean last = step == trace.steps() - 1;
            for (int output = 0; output < outputs; output++) {
                int now = step * outputs + output;
                long leaked = last ? 0 : (long) constants.alpha() * trace.gradient[now + outputs];
                long gradient = trace.spike[now] != 0 ? 0 : leaked << fraction;
                if (trace.window[now] != 0) {
                    long throughSpike = ((long) trace.dspike[now] << fraction) - trace.potential[now] * leaked;
                    gradient += constants.beta() * throughSpike;
                }
                if (gradient != 0) {
                    trace.gradient[now] = writeBack(gradient, fraction + 8, trace);
                    trace.gradientSum[output] += trace.gradient[now];
                }
            }
        }
    }

    /**
     * Fills dspike of the layer below where its window is open, and counts its saturations.
     *
     * @param weight this layer's weights, row-major [out][in]
     */
    void propagate(int[] weight, LayerTrace trace, LayerTrace below) {
        int outputs = trace.outputs();
        int inputs = below.outputs();
        boolean narrow = formats.weightBits() + formats.gradientBits() + bitLength(outputs) <= 32;
        int[] narrowSum = new int[inputs];
        long[] wideSum = new long[narrow ? 0 : inputs];
        for (int step = 0; step < trace.steps(); step++) {
            boolean any = narrow
                    ? errorNarrow(weight, trace.gradient, step * outputs, outputs, narrowSum)
                    : errorWide(weight, trace.gradient, step * outputs, outputs, wideSum);
            if (!any) {
                continue;
            }
            int first = step * inputs;
            for (int channel = 0; channel < inputs; channel++) {
                if (below.window[first + channel] != 0) {
                    long sum = narrow ? narrowSum[channel] : wideSum[channel];
                    below.dspike[first + channel] = writeBack(sum, constants.backwardShift(), below);
                }
            }
        }
    }

    /** W^T gu of one step in ints, exact when |w| * |gu| * outputs fits; false when every gu is 0. */
    private static boolean errorNarrow(int[] weight, int[] gradient, int first, int outputs, int[] sum) {
        boolean any = false;
        for (int output = 0; output < outputs; output++) {
            int factor = gradient[first + output];
            if (factor != 0) {
                if (!any) {
                    Arrays.fill(sum, 0);
                    any = true;
                }
                int row = output * sum.length;
                for (int channel = 0; channel < sum.length; channel++) {
                    sum[channel] += weight[row + channel] * factor;
                }
            }
        }
        return any;
    }

    /** The same in longs, for wide formats. */
    private static boolean errorWide(int[] weight, int[] gradient, int first, int outputs, long[] sum) {
        boolean any = false;
        for (int output = 0; output < outputs; output++) {
            long factor = gradient[first + output];
            if (factor != 0) {
                if (!any) {
                    Arrays.fill(sum, 0);
                    any = true;
                }
                int row = output * sum.length;
                for (int channel = 0; channel < sum.length; channel++) {
                    sum[channel] += weight[row + channel] * factor;
                }
            }
        }
        return any;
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
