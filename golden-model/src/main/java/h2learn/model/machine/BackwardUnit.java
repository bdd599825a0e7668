package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;
import h2learn.number.Rounding;

/**
 * BACKWARD: gu of a layer into ds of the layer below. A point of the layer below without any gradient is marked empty
 * and its ds left as it was; so is ds where the window is closed, both as far as the accelerator skips them.
 */
final class BackwardUnit {
    private final int lanes;
    private final int gradientBits;
    private final Sparsity sparsity;
    private final Memories memories;
    private final WordMemory window;
    private final WordMemory gradient;
    private final WordMemory spikeGradient;
    private final WordMemory weight;

    BackwardUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        gradientBits = config.formats().gradientBits();
        sparsity = config.backward().sparsity();
        this.memories = memories;
        window = memories.of(Scratchpad.WINDOW);
        gradient = memories.of(Scratchpad.GRADIENT);
        spikeGradient = memories.of(Scratchpad.SPIKE_GRADIENT);
        weight = memories.of(Scratchpad.BACKWARD_WEIGHT);
    }

    void run(Command command) {
        CommandShape shape = new CommandShape(command);
        int point = 0;
        for (int sample = 0; sample < shape.samples; sample++) {
            for (int row = 0; row < shape.inputHeight; row++) {
                for (int column = 0; column < shape.inputWidth; column++) {
                    for (int step = 0; step < shape.steps; step++) {
                        point(command, shape, sample, row, column, step, point++);
                    }
                }
            }
        }
    }

    private void point(Command command, CommandShape shape, int sample, int row, int column, int step, int point) {
        long[] sum = new long[shape.inputBlocks * lanes];
        boolean any = false;
        for (int tapRow = 0; tapRow < shape.kernelHeight; tapRow++) {
            for (int tapColumn = 0; tapColumn < shape.kernelWidth; tapColumn++) {
                int down = row - shape.inputRow(0, tapRow);
                int right = column - shape.inputColumn(0, tapColumn);
                int outputRow = down / shape.stride;
                int outputColumn = right / shape.stride;
                if (down >= 0
                        && right >= 0
                        && down % shape.stride == 0
                        && right % shape.stride == 0
                        && outputRow < shape.outputHeight
                        && outputColumn < shape.outputWidth) {
                    int position = (sample * shape.outputHeight + outputRow) * shape.outputWidth + outputColumn;
                    int tap = tapRow * shape.kernelWidth + tapColumn;
                    any |= add(command, shape, position * shape.steps + step, tap, sum);
                }
            }
        }
        memories.emptyMark.data[memories.emptyMark.write(point)] = any ? 0 : 1;
        if (any) {
            write(command, shape, point, sum);
        }
    }

    /** Adds one output point's gradients times a tap's weights; false where the point has no gradient. */
    private boolean add(Command command, CommandShape shape, int outputPoint, int tap, long[] sum) {
        boolean any = !sparsity.skipsInputs();
        for (int block = 0; block < shape.outputBlocks; block++) {
            int gu = gradient.read((int) command.get(CommandField.TRACE) + outputPoint * shape.outputBlocks + block);
            int first = (int) command.get(CommandField.WEIGHT_BLOCK) + block * shape.taps() + tap * shape.inputBlocks;
            for (int lane = 0; lane < lanes; lane++) {
                long factor = gradient.data[gu + lane];
                if (factor != 0) {
                    any = true;
                    for (int input = 0; input < sum.length; input++) {
                        sum[input] += factor * weight.data[weight.read(first * lanes + input) + lane];
                    }
                }
            }
        }
        return any;
    }

    private void write(Command command, CommandShape shape, int point, long[] sum) {
        int channels = (int) command.get(CommandField.INPUT_CHANNELS);
        for (int block = 0; block < shape.inputBlocks; block++) {
            int word = (int) command.get(CommandField.TRACE_BELOW) + point * shape.inputBlocks + block;
            int h = window.read(word);
            int ds = spikeGradient.write(word);
            for (int lane = 0; lane < lanes; lane++) {
                boolean open = window.data[h + lane] != 0;
                if (sparsity.skipsOutputs() ? open : block * lanes + lane < channels) {
                    long rounded =
                            Rounding.shiftRight(sum[block * lanes + lane], (int) command.get(CommandField.SHIFT));
                    int saturated = (int) Rounding.saturate(rounded, gradientBits);
                    spikeGradient.data[ds + lane] = saturated;
                    if (open && saturated != rounded) {
                        memories.saturations[(int) command.get(CommandField.LAYER)]++;
                    }
                }
            }
        }
    }
}
