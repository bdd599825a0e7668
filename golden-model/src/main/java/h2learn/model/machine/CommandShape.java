package h2learn.model.machine;

import h2learn.contract.Command;
import h2learn.contract.CommandField;

/**
 * What follows from the fields of a command on points. Spike words lie [sample][row][column][step][plane][block], trace
 * words [sample][row][column][step][block]; a pitch is the distance of neighbours in words.
 */
public final class CommandShape {
    private final Command command;
    public final int samples;
    public final int steps;
    public final int planes;
    public final int inputBlocks;
    public final int outputBlocks;
    public final int inputHeight;
    public final int inputWidth;
    public final int outputHeight;
    public final int outputWidth;
    public final int kernelHeight;
    public final int kernelWidth;
    public final int stride;
    public final boolean staticInput;

    public CommandShape(Command command) {
        this.command = command;
        samples = get(CommandField.SAMPLES);
        steps = get(CommandField.STEPS);
        planes = get(CommandField.PLANES);
        inputBlocks = get(CommandField.INPUT_BLOCKS);
        outputBlocks = get(CommandField.OUTPUT_BLOCKS);
        inputHeight = get(CommandField.INPUT_HEIGHT);
        inputWidth = get(CommandField.INPUT_WIDTH);
        outputHeight = get(CommandField.OUTPUT_HEIGHT);
        outputWidth = get(CommandField.OUTPUT_WIDTH);
        kernelHeight = get(CommandField.KERNEL_HEIGHT);
        kernelWidth = get(CommandField.KERNEL_WIDTH);
        stride = get(CommandField.STRIDE);
        staticInput = get(CommandField.STATIC_INPUT) != 0;
    }

    private int get(CommandField field) {
        return (int) command.get(field);
    }

    /** Steps of the input: 1 where it is static. */
    public int inputSteps() {
        return staticInput ? 1 : steps;
    }

    /** Output positions of a sample. */
    public int area() {
        return outputHeight * outputWidth;
    }

    /** Output positions of all samples; 2^32 and more do not occur within the limits of SAMPLES. */
    public int positions() {
        return samples * area();
    }

    /** Output positions times steps. */
    public long points() {
        return (long) positions() * steps;
    }

    /** Input positions of all samples times steps: the points of the layer below. */
    public long inputPoints() {
        return (long) samples * inputHeight * inputWidth * steps;
    }

    /** Input words of one step of one position. */
    public int stepPitch() {
        return inputBlocks * planes;
    }

    /** Input words of one position. */
    public int pitch() {
        return stepPitch() * inputSteps();
    }

    public int rowPitch() {
        return pitch() * inputWidth;
    }

    public int samplePitch() {
        return rowPitch() * inputHeight;
    }

    /** Weight blocks of one output block. */
    public int taps() {
        return kernelHeight * kernelWidth * inputBlocks;
    }

    /** Input row that a tap of an output row reads: it lies in the image where it is 0..inputHeight - 1. */
    public int inputRow(int outputRow, int tapRow) {
        return outputRow * stride + tapRow - get(CommandField.TOP_PADDING);
    }

    /** The same for columns. */
    public int inputColumn(int outputColumn, int tapColumn) {
        return outputColumn * stride + tapColumn - get(CommandField.PADDING);
    }
}
