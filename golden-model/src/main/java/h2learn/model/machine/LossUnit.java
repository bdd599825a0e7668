package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;
import h2learn.number.Rounding;
import h2learn.number.ScaledFactor;

/** LOSS: the last layer's spikes over time and over the neurons of a class, into ds of all its neurons and steps. */
final class LossUnit {
    private final int lanes;
    private final int gradientBits;
    private final Memories memories;
    private final WordMemory spike;
    private final WordMemory label;
    private final WordMemory spikeGradient;

    LossUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        gradientBits = config.formats().gradientBits();
        this.memories = memories;
        spike = memories.of(Scratchpad.SPIKE);
        label = memories.of(Scratchpad.LABEL);
        spikeGradient = memories.of(Scratchpad.SPIKE_GRADIENT);
    }

    void run(Command command) {
        CommandShape shape = new CommandShape(command);
        int words = shape.steps * shape.outputBlocks;
        int channels = (int) command.get(CommandField.OUTPUT_CHANNELS);
        int neurons = (int) command.get(CommandField.NEURONS);
        ScaledFactor factor =
                new ScaledFactor((int) command.get(CommandField.MULTIPLIER), (int) command.get(CommandField.SHIFT));
        for (int sample = 0; sample < shape.samples; sample++) {
            int wanted = label.data[label.read((int) command.get(CommandField.LABEL_WORD) + sample)];
            int[] counts = counts(command, shape, sample * words, channels, neurons);
            int[] gradient = new int[shape.outputBlocks * lanes];
            boolean[] clipped = new boolean[gradient.length];
            for (int channel = 0; channel < Math.min(channels, gradient.length); channel++) {
                int index = channel / neurons;
                long rounded = factor.apply(counts[index] - (index == wanted ? (long) shape.steps * neurons : 0));
                gradient[channel] = (int) Rounding.saturate(rounded, gradientBits);
                clipped[channel] = gradient[channel] != rounded;
            }
            write(command, shape, sample * words, gradient, clipped);
        }
    }

    private int[] counts(Command command, CommandShape shape, int offset, int channels, int neurons) {
        int[] counts = new int[(shape.outputBlocks * lanes + neurons - 1) / neurons];
        int first = (int) command.get(CommandField.SPIKE_OUTPUT) + offset;
        for (int word = 0; word < shape.steps * shape.outputBlocks; word++) {
            int at = spike.read(first + word);
            int channel = word % shape.outputBlocks * lanes;
            for (int lane = 0; lane < lanes && channel + lane < channels; lane++) {
                counts[(channel + lane) / neurons] += spike.data[at + lane];
            }
        }
        return counts;
    }

    private void write(Command command, CommandShape shape, int offset, int[] gradient, boolean[] clipped) {
        int first = (int) command.get(CommandField.TRACE) + offset;
        for (int word = 0; word < shape.steps * shape.outputBlocks; word++) {
            int at = spikeGradient.write(first + word);
            int channel = word % shape.outputBlocks * lanes;
            System.arraycopy(gradient, channel, spikeGradient.data, at, lanes);
            for (int lane = 0; lane < lanes && command.get(CommandField.REPEATED) == 0; lane++) {
                memories.saturations[(int) command.get(CommandField.LAYER)] += clipped[channel + lane] ? 1 : 0;
            }
        }
    }
}
