package h2learn.model.fixed;

import h2learn.data.Sample;
import h2learn.network.LayerShape;
import h2learn.number.Rounding;
import org.jspecify.annotations.Nullable;

/** One layer, forward over all steps: accumulation and neurons. */
final class ForwardPass {
    private static final int POTENTIAL_BITS = 16;

    private final LayerShape shape;
    private final LayerConstants constants;
    private final int steps;

    ForwardPass(LayerShape shape, LayerConstants constants, int steps) {
        this.shape = shape;
        this.constants = constants;
        this.steps = steps;
    }

    /**
     * Fills spike, window and potential of {@code trace}.
     *
     * @param below trace of the layer below; absent in layer 0, which reads the sample
     */
    void run(EngineWeights weights, Sample sample, @Nullable LayerTrace below, LayerTrace trace) {
        int[] input = new int[shape.outputs()];
        for (int step = 0; step < steps; step++) {
            if (step == 0 || !shape.staticInput()) {
                accumulate(weights, sample, below, step, input);
                for (int output = 0; output < input.length; output++) {
                    input[output] = (int) Rounding.shiftRight(input[output], shape.inputFractionBits());
                }
            }
            neurons(input, step, trace);
        }
    }

    /** Exact in an int: {@code NetworkCheck} bounds the worst case by the accumulator's width, at most 32 bits. */
    private void accumulate(
            EngineWeights weights, Sample sample, @Nullable LayerTrace below, int step, int[] accumulator) {
        int outputs = shape.outputs();
        int[] bias = weights.bias(shape.index());
        for (int output = 0; output < outputs; output++) {
            accumulator[output] = shape.bias() ? bias[output] << shape.inputFractionBits() : 0;
        }
        int[] columns = weights.transposed(shape.index());
        int first = shape.staticInput() ? 0 : step * shape.inputs();
        if (below != null) {
            byte[] spikes = below.spike;
            for (int channel = 0; channel < shape.inputs(); channel++) {
                if (spikes[first + channel] != 0) {
                    addColumn(columns, channel * outputs, accumulator);
                }
            }
            return;
        }
        int[] values = sample.values();
        for (int channel = 0; channel < shape.inputs(); channel++) {
            int value = values[first + channel];
            if (value == 1) {
                addColumn(columns, channel * outputs, accumulator);
            } else if (value != 0) {
                addScaledColumn(columns, channel * outputs, value, accumulator);
            }
        }
    }

    private static void addColumn(int[] columns, int first, int[] accumulator) {
        for (int output = 0; output < accumulator.length; output++) {
            accumulator[output] += columns[first + output];
        }
    }

    private static void addScaledColumn(int[] columns, int first, int value, int[] accumulator) {
        for (int output = 0; output < accumulator.length; output++) {
            accumulator[output] += columns[first + output] * value;
        }
    }

    private void neurons(int[] input, int step, LayerTrace trace) {
        int outputs = shape.outputs();
        int now = step * outputs;
        int before = now - outputs;
        for (int output = 0; output < outputs; output++) {
            long leak = 0;
            if (step > 0 && trace.spike[before + output] == 0) {
                leak = Rounding.shiftRight((long) constants.alpha() * trace.potential[before + output], 8);
            }
            int potential = (int) Rounding.saturate(leak + input[output], POTENTIAL_BITS);
            int distance = potential - constants.theta();
            trace.potential[now + output] = potential;
            trace.spike[now + output] = (byte) (distance > 0 ? 1 : 0);
            trace.window[now + output] = (byte) (Math.abs(distance) < constants.window() ? 1 : 0);
        }
    }
}
