package h2learn.model.fixed;

import h2learn.data.Sample;
import h2learn.network.Connections;
import h2learn.network.LayerShape;
import h2learn.number.Rounding;
import org.jspecify.annotations.Nullable;

/** One layer of neurons, forward over all steps: accumulation and neurons. */
final class ForwardPass {
    private final LayerShape shape;
    private final Connections connections;
    private final NeuronRule neuron;
    private final int steps;

    ForwardPass(LayerShape shape, Connections connections, LayerConstants constants, int steps) {
        this.shape = shape;
        this.connections = connections;
        neuron = constants.neuron();
        this.steps = steps;
    }

    /**
     * Fills spike, window and potential of {@code trace}.
     *
     * @param below trace of the layer below; absent in layer 0, which reads the sample
     */
    void run(EngineWeights weights, Sample sample, @Nullable LayerTrace below, LayerTrace trace) {
        LayerInput input = new LayerInput(shape, sample, below);
        int[] sum = new int[shape.outputValues()];
        for (int step = 0; step < steps; step++) {
            if (step == 0 || !shape.staticInput()) {
                accumulate(weights, input.values(step), sum);
                for (int output = 0; output < sum.length; output++) {
                    sum[output] = (int) Rounding.shiftRight(sum[output], shape.inputFractionBits());
                }
            }
            neurons(sum, step, trace);
        }
    }

    /**
     * Adds, for each input value that is not zero, its weights to all output channels of the points that read it. Exact
     * in an int: {@code NetworkCheck} bounds the worst case by the accumulator's width, at most 32 bits.
     */
    private void accumulate(EngineWeights weights, int[] values, int[] accumulator) {
        int outputs = shape.outputs();
        int[] bias = weights.bias(shape.index());
        for (int output = 0; output < accumulator.length; output++) {
            accumulator[output] = shape.bias() ? bias[output % outputs] << shape.inputFractionBits() : 0;
        }
        int[] columns = weights.transposed(shape.index());
        int channels = shape.input().channels();
        for (int point = 0; point < shape.input().points(); point++) {
            int[] reach = connections.reach(point);
            for (int channel = 0; channel < channels; channel++) {
                int value = values[point * channels + channel];
                if (value != 0) {
                    for (int pair = 0; pair < reach.length; pair += 2) {
                        int column = (reach[pair + 1] * channels + channel) * outputs;
                        addColumn(columns, column, value, accumulator, reach[pair] * outputs, outputs);
                    }
                }
            }
        }
    }

    private static void addColumn(int[] columns, int column, int value, int[] accumulator, int first, int outputs) {
        if (value == 1) {
            for (int output = 0; output < outputs; output++) {
                accumulator[first + output] += columns[column + output];
            }
        } else {
            for (int output = 0; output < outputs; output++) {
                accumulator[first + output] += columns[column + output] * value;
            }
        }
    }

    private void neurons(int[] input, int step, LayerTrace trace) {
        int outputs = shape.outputValues();
        int now = step * outputs;
        for (int output = 0; output < outputs; output++) {
            int before = now - outputs + output;
            long leak = step == 0 ? 0 : neuron.leak(trace.potential[before], trace.spike[before] != 0);
            int potential = NeuronRule.potential(leak, input[output]);
            trace.potential[now + output] = potential;
            trace.spike[now + output] = (byte) (neuron.spikes(potential) ? 1 : 0);
            trace.window[now + output] = (byte) (neuron.opens(potential) ? 1 : 0);
        }
    }
}
