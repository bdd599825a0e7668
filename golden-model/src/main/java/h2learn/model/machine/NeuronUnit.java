package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;
import h2learn.model.fixed.NeuronRule;
import h2learn.network.Network.Reset;
import h2learn.number.Rounding;
import h2learn.number.ScaledFactor;

/** NEURON and NEURON_BACKWARD: the neurons of one output block over all steps. */
final class NeuronUnit {
    private final int lanes;
    private final Options options;
    private final int fractionBits;
    private final int gradientBits;
    private final Memories memories;
    private final WordMemory spike;
    private final WordMemory window;
    private final WordMemory potential;
    private final WordMemory gradient;
    private final WordMemory spikeGradient;
    private final WordMemory gradientSum;

    NeuronUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        options = config.options();
        fractionBits = config.formats().weightFractionBits();
        gradientBits = config.formats().gradientBits();
        this.memories = memories;
        spike = memories.of(Scratchpad.SPIKE);
        window = memories.of(Scratchpad.WINDOW);
        potential = memories.of(Scratchpad.POTENTIAL);
        gradient = memories.of(Scratchpad.GRADIENT);
        spikeGradient = memories.of(Scratchpad.SPIKE_GRADIENT);
        gradientSum = memories.of(Scratchpad.GRADIENT_SUM);
    }

    void forward(Command command) {
        CommandShape shape = new CommandShape(command);
        NeuronRule rule = rule(command);
        int block = (int) command.get(CommandField.OUTPUT_BLOCK);
        int shift = (int) command.get(CommandField.INPUT_FRACTION) % (1 << 5);
        int present = (int) command.get(CommandField.OUTPUT_CHANNELS) - block * lanes;
        int spikes = (int) command.get(CommandField.SPIKE_OUTPUT);
        int trace = (int) command.get(CommandField.TRACE);
        for (int position = 0; position < shape.positions(); position++) {
            int[] before = new int[lanes];
            for (int step = 0; step < shape.steps; step++) {
                int point = position * shape.steps + step;
                int offset = point * shape.outputBlocks + block;
                int sum = memories.accumulator.read(shape.staticInput ? position : point);
                int s = spike.write(spikes + offset);
                int h = window.write(trace + offset);
                int u = potential.write(trace + offset);
                for (int lane = 0; lane < lanes; lane++) {
                    int input = (int) Rounding.shiftRight(memories.accumulator.data[sum + lane], shift);
                    // What a neuron that is not there would have spiked is not kept: its u is what it is without.
                    boolean spiked = lane < present && rule.spikes(before[lane]);
                    long leak = step == 0 ? 0 : rule.leak(before[lane], spiked);
                    before[lane] = NeuronRule.potential(leak, input);
                    spike.data[s + lane] = lane < present && rule.spikes(before[lane]) ? 1 : 0;
                    window.data[h + lane] = lane < present && rule.opens(before[lane]) ? 1 : 0;
                    potential.data[u + lane] = before[lane];
                }
            }
        }
    }

    void backward(Command command) {
        CommandShape shape = new CommandShape(command);
        int block = (int) command.get(CommandField.OUTPUT_BLOCK);
        NeuronRule rule = rule(command);
        for (int position = 0; position < shape.positions(); position++) {
            int[] next = new int[lanes];
            int[] sum = new int[lanes];
            for (int step = shape.steps - 1; step >= 0; step--) {
                backwardStep(command, rule, (position * shape.steps + step), shape.outputBlocks, block, next);
                for (int lane = 0; lane < lanes; lane++) {
                    sum[lane] += next[lane];
                }
            }
            if (shape.staticInput) {
                int word = (int) command.get(CommandField.SUM_WORD) + position * shape.outputBlocks + block;
                System.arraycopy(sum, 0, gradientSum.data, gradientSum.write(word), lanes);
            }
        }
    }

    /** @param next gu of the step after, changed to that of this step */
    private void backwardStep(Command command, NeuronRule rule, int point, int blocks, int block, int[] next) {
        int offset = point * blocks + block;
        int trace = (int) command.get(CommandField.TRACE) + offset;
        boolean empty = command.get(CommandField.SPARSE_DS) != 0
                && memories.emptyMark.data[memories.emptyMark.read(point)] != 0;
        int s = spike.read((int) command.get(CommandField.SPIKE_OUTPUT) + offset);
        int h = window.read(trace);
        int u = rule.needsPotential() ? potential.read(trace) : 0;
        int ds = empty ? 0 : spikeGradient.read(trace);
        int gu = gradient.write(trace);
        for (int lane = 0; lane < lanes; lane++) {
            long exact = rule.gradient(
                    potential.data[u + lane],
                    spike.data[s + lane] != 0,
                    window.data[h + lane] != 0,
                    empty ? 0 : spikeGradient.data[ds + lane],
                    next[lane],
                    fractionBits);
            long rounded = Rounding.shiftRight(exact, NeuronRule.gradientShift(fractionBits));
            next[lane] = (int) Rounding.saturate(rounded, gradientBits);
            gradient.data[gu + lane] = next[lane];
            if (next[lane] != rounded) {
                memories.saturations[(int) command.get(CommandField.LAYER)]++;
            }
        }
    }

    /** The neurons that the command asks for, as far as the accelerator has the options. */
    private NeuronRule rule(Command command) {
        boolean triangle = options.triangle() && command.opcode() == h2learn.contract.Opcode.NEURON_BACKWARD;
        ScaledFactor slope = triangle
                ? new ScaledFactor((int) command.get(CommandField.MULTIPLIER), (int) command.get(CommandField.SHIFT))
                : new ScaledFactor(0, 0);
        return new NeuronRule(
                (short) command.get(CommandField.THETA),
                (short) command.get(CommandField.WINDOW),
                alpha((int) command.get(CommandField.ALPHA)),
                (int) command.get(CommandField.BETA),
                reset((int) command.get(CommandField.RESET)),
                options.detachReset() && command.get(CommandField.DETACH_RESET) != 0,
                slope);
    }

    /** Where the leak is a shift, it shifts by the number of the bit that is set. */
    private int alpha(int alpha) {
        if (options.alpha() == Leak.MULTIPLIER) {
            return alpha;
        }
        if (Integer.bitCount(alpha) != 1) {
            throw new IllegalArgumentException(
                    "ALPHA " + alpha + " is no power of two: options.alpha: shift has no other leak");
        }
        return alpha;
    }

    private Reset reset(int reset) {
        return switch (reset) {
            case CommandField.RESET_SOFT -> options.softReset() ? Reset.SOFT : missing("soft");
            case CommandField.RESET_NONE -> options.noReset() ? Reset.NONE : missing("no");
            default -> Reset.HARD;
        };
    }

    private static Reset missing(String reset) {
        throw new IllegalArgumentException("the accelerator has no option for a " + reset + " reset");
    }
}
