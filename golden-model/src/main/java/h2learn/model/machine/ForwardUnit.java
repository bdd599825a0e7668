package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;

/** FORWARD: the weights of one output block times the input, of every point, into the accumulators. */
final class ForwardUnit {
    private static final int SHIFT_BITS = 5;

    private final int lanes;
    private final int unused;
    private final WordMemory spike;
    private final WordMemory weight;
    private final WordMemory accumulator;

    ForwardUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        unused = Integer.SIZE - config.formats().accumulatorBits();
        spike = memories.of(Scratchpad.SPIKE);
        weight = memories.of(Scratchpad.FORWARD_WEIGHT);
        accumulator = memories.accumulator;
    }

    void run(Command command) {
        CommandShape shape = new CommandShape(command);
        int[] base = bias(command);
        int[] sum = new int[lanes];
        int point = 0;
        for (int sample = 0; sample < shape.samples; sample++) {
            for (int position = 0; position < shape.area(); position++) {
                for (int step = 0; step < shape.inputSteps(); step++) {
                    System.arraycopy(base, 0, sum, 0, lanes);
                    accumulate(command, shape, sample, position, step, sum);
                    int at = accumulator.write(point++);
                    for (int lane = 0; lane < lanes; lane++) {
                        accumulator.data[at + lane] = sum[lane] << unused >> unused;
                    }
                }
            }
        }
    }

    private int[] bias(Command command) {
        int[] base = new int[lanes];
        if (command.get(CommandField.BIAS) != 0) {
            int word = (int) command.get(CommandField.BIAS_WORD);
            int shift = (int) command.get(CommandField.INPUT_FRACTION) % (1 << SHIFT_BITS);
            for (int lane = 0; lane < lanes; lane++) {
                int row = weight.read(word / lanes * lanes + lane);
                base[lane] = weight.data[row + word % lanes] << shift;
            }
        }
        return base;
    }

    private void accumulate(Command command, CommandShape shape, int sample, int position, int step, int[] sum) {
        int first =
                (int) command.get(CommandField.SPIKE_INPUT) + sample * shape.samplePitch() + step * shape.stepPitch();
        int block = (int) command.get(CommandField.WEIGHT_BLOCK);
        for (int tapRow = 0; tapRow < shape.kernelHeight; tapRow++) {
            int row = shape.inputRow(position / shape.outputWidth, tapRow);
            for (int tapColumn = 0; tapColumn < shape.kernelWidth; tapColumn++, block += shape.inputBlocks) {
                int column = shape.inputColumn(position % shape.outputWidth, tapColumn);
                if (row >= 0 && row < shape.inputHeight && column >= 0 && column < shape.inputWidth) {
                    tap(command, shape, first + row * shape.rowPitch() + column * shape.pitch(), block, sum);
                }
            }
        }
    }

    /** One tap of one point: the spike word of each plane and input block. */
    private void tap(Command command, CommandShape shape, int firstWord, int firstBlock, int[] sum) {
        boolean signed = command.get(CommandField.SIGNED_INPUT) != 0;
        for (int plane = 0; plane < shape.planes; plane++) {
            boolean negative = signed && plane == shape.planes - 1;
            for (int block = 0; block < shape.inputBlocks; block++) {
                int at = spike.read(firstWord + plane * shape.inputBlocks + block);
                for (int column = 0; column < lanes; column++) {
                    if (spike.data[at + column] != 0) {
                        add(firstBlock + block, column, plane, negative, sum);
                    }
                }
            }
        }
    }

    private void add(int block, int column, int plane, boolean negative, int[] sum) {
        for (int lane = 0; lane < lanes; lane++) {
            int value = weight.data[weight.read(block * lanes + lane) + column] << plane;
            sum[lane] += negative ? -value : value;
        }
    }
}
