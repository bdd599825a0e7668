package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;

/** WEIGHT_GRADIENT: gu (x) in of one output block, summed into dW, modulo 2^32. */
final class WeightGradientUnit {
    private static final int SHIFT_BITS = 5;

    private final int lanes;
    private final WordMemory spike;
    private final WordMemory gradient;
    private final WordMemory gradientSum;
    private final WordMemory weightGradient;

    WeightGradientUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        spike = memories.of(Scratchpad.SPIKE);
        gradient = memories.of(Scratchpad.GRADIENT);
        gradientSum = memories.of(Scratchpad.GRADIENT_SUM);
        weightGradient = memories.of(Scratchpad.WEIGHT_GRADIENT);
    }

    void run(Command command) {
        CommandShape shape = new CommandShape(command);
        int block = (int) command.get(CommandField.OUTPUT_BLOCK);
        WordMemory gradients = shape.staticInput ? gradientSum : gradient;
        int word = (int) command.get(shape.staticInput ? CommandField.SUM_WORD : CommandField.TRACE) + block;
        int[] factor = new int[lanes];
        for (int sample = 0; sample < shape.samples; sample++) {
            for (int position = 0; position < shape.area(); position++) {
                for (int step = 0; step < shape.inputSteps(); step++, word += shape.outputBlocks) {
                    int at = gradients.read(word);
                    boolean any = false;
                    for (int lane = 0; lane < lanes; lane++) {
                        factor[lane] = gradients.data[at + lane];
                        any |= factor[lane] != 0;
                    }
                    if (any) {
                        point(command, shape, sample, position, step, factor);
                    }
                }
            }
        }
    }

    private void point(Command command, CommandShape shape, int sample, int position, int step, int[] factor) {
        int first =
                (int) command.get(CommandField.SPIKE_INPUT) + sample * shape.samplePitch() + step * shape.stepPitch();
        int block = (int) command.get(CommandField.WEIGHT_BLOCK);
        for (int tapRow = 0; tapRow < shape.kernelHeight; tapRow++) {
            int row = shape.inputRow(position / shape.outputWidth, tapRow);
            for (int tapColumn = 0; tapColumn < shape.kernelWidth; tapColumn++, block += shape.inputBlocks) {
                int column = shape.inputColumn(position % shape.outputWidth, tapColumn);
                if (row >= 0 && row < shape.inputHeight && column >= 0 && column < shape.inputWidth) {
                    tap(command, shape, first + row * shape.rowPitch() + column * shape.pitch(), block, factor);
                }
            }
        }
        if (command.get(CommandField.BIAS) != 0) {
            int shift = (int) command.get(CommandField.INPUT_FRACTION) % (1 << SHIFT_BITS);
            add((int) command.get(CommandField.BIAS_WORD), shift, false, factor);
        }
    }

    private void tap(Command command, CommandShape shape, int firstWord, int firstBlock, int[] factor) {
        boolean signed = command.get(CommandField.SIGNED_INPUT) != 0;
        for (int plane = 0; plane < shape.planes; plane++) {
            boolean negative = signed && plane == shape.planes - 1;
            for (int block = 0; block < shape.inputBlocks; block++) {
                int at = spike.read(firstWord + plane * shape.inputBlocks + block);
                for (int column = 0; column < lanes; column++) {
                    if (spike.data[at + column] != 0) {
                        add((firstBlock + block) * lanes + column, plane, negative, factor);
                    }
                }
            }
        }
    }

    private void add(int word, int shift, boolean negative, int[] factor) {
        weightGradient.read(word);
        int at = weightGradient.write(word);
        for (int lane = 0; lane < lanes; lane++) {
            int value = factor[lane] << shift;
            weightGradient.data[at + lane] += negative ? -value : value;
        }
    }
}
