package h2learn.host.predict;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_CHANNELS;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TOP_PADDING;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a BACKWARD command has to do: the gradients of each output point, and for each point of the layer below the output
 * points that read it and its wanted channels. Points are numbered sample by sample, step by step, row by row.
 */
final class BackwardWork {
    /** An output point that reads a point of the layer below; how far its tap's weight blocks lie behind the first tap's. */
    record Visit(int point, int tapBlocks) {}

    private final AcceleratorConfig config;
    private final Command command;
    private final NonZero window;
    final int planes;
    final int outputBlocks;
    final int inputBlocks;
    final int lanes;
    final int padding;
    final int topPadding;
    private final int steps;
    private final int inputHeight;
    private final int inputWidth;
    private final int outputHeight;
    private final int outputWidth;
    /** By output point: the weight block of each listed gradient's output block, behind the layer's first. */
    private final int[][] lists;

    BackwardWork(AcceleratorConfig config, Command command, NonZero gradient, NonZero window) {
        this.config = config;
        this.command = command;
        this.window = window;
        steps = field(STEPS);
        planes = field(SAMPLES) * steps;
        outputBlocks = field(OUTPUT_BLOCKS);
        inputBlocks = field(INPUT_BLOCKS);
        lanes = config.backward().lanes();
        padding = field(PADDING);
        topPadding = field(TOP_PADDING);
        inputHeight = field(INPUT_HEIGHT);
        inputWidth = field(INPUT_WIDTH);
        outputHeight = field(OUTPUT_HEIGHT);
        outputWidth = field(OUTPUT_WIDTH);
        lists = new int[outputPoints()][];
        for (int point = 0; point < lists.length; point++) {
            lists[point] = list(gradient, point);
        }
    }

    private int[] list(NonZero gradient, int point) {
        int plane = point / planePoints();
        boolean skips = config.backward().sparsity().skipsInputs();
        int pitch = field(KERNEL_HEIGHT) * field(KERNEL_WIDTH) * inputBlocks;
        int channels = field(OUTPUT_CHANNELS);
        int[] blocks = new int[channels];
        int count = 0;
        for (int channel = 0; channel < channels; channel++) {
            if (!skips || gradient.at(plane / steps, plane % steps, point % planePoints(), channel)) {
                blocks[count++] = channel / config.lanes() * pitch;
            }
        }
        return Arrays.copyOf(blocks, count);
    }

    int[] list(int point) {
        return lists[point];
    }

    int outputPoints() {
        return planes * planePoints();
    }

    int inputPoints() {
        return planes * inputHeight * inputWidth;
    }

    /** Gradients of each output block of a point. */
    int[] countByBlock(int point) {
        int[] counts = new int[outputBlocks];
        int pitch = field(KERNEL_HEIGHT) * field(KERNEL_WIDTH) * inputBlocks;
        for (int block : lists[point]) {
            counts[block / pitch]++;
        }
        return counts;
    }

    /** In the order in which the engine looks at them, last first. */
    List<Visit> visits(int inputPoint) {
        int plane = inputPoint / (inputHeight * inputWidth) * planePoints();
        int row = row(inputPoint) + topPadding;
        int column = inputPoint % inputWidth + padding;
        int stride = field(STRIDE);
        List<Visit> visits = new ArrayList<>();
        for (int y = Math.min(row / stride, outputHeight - 1); y >= 0; y--) {
            int tapRow = row - y * stride;
            for (int x = Math.min(column / stride, outputWidth - 1); x >= 0; x--) {
                int tapColumn = column - x * stride;
                if (tapRow >= field(KERNEL_HEIGHT) || tapColumn >= field(KERNEL_WIDTH)) {
                    break;
                }
                int tap = tapRow * field(KERNEL_WIDTH) + tapColumn;
                visits.add(new Visit(plane + y * outputWidth + x, tap * inputBlocks));
            }
        }
        return visits;
    }

    /** The first output point that this or a later point of the layer below needs. */
    int firstNeeded(int inputPoint) {
        if (inputPoint >= inputPoints()) {
            return outputPoints();
        }
        int stride = field(STRIDE);
        int low = Math.floorDiv(row(inputPoint) + topPadding - field(KERNEL_HEIGHT) + stride, stride);
        int first = Math.max(0, Math.min(outputHeight, low));
        return inputPoint / (inputHeight * inputWidth) * planePoints() + first * outputWidth;
    }

    /** The wanted channels of a word of N, by group: bit k of group g is channel k * B + g of the word. */
    long[] wanted(int inputPoint, int block) {
        boolean skips = config.backward().sparsity().skipsOutputs();
        int area = inputHeight * inputWidth;
        int plane = inputPoint / area;
        int first = block * config.lanes();
        long[] groups = new long[lanes];
        for (int channel = first; channel < Math.min(first + config.lanes(), field(INPUT_CHANNELS)); channel++) {
            if (!skips || window.at(plane / steps, plane % steps, inputPoint % area, channel)) {
                groups[channel % lanes] |= 1L << (channel - first) / lanes;
            }
        }
        return groups;
    }

    private int row(int inputPoint) {
        return inputPoint / inputWidth % inputHeight;
    }

    private int planePoints() {
        return outputHeight * outputWidth;
    }

    private int field(CommandField name) {
        return Math.toIntExact(command.get(name));
    }
}
