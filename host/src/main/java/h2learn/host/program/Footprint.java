package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.host.program.Access.Use;
import h2learn.model.machine.CommandShape;
import h2learn.model.machine.Space;
import java.util.ArrayList;
import java.util.List;

/**
 * Which words of which space a command reads and writes, from its fields alone. A command may leave some words of a run
 * alone, where it finds that it does not need them; it never touches another word.
 */
public final class Footprint {
    private final Command command;
    private final AcceleratorConfig config;
    private final MemoryMap map;
    private final CommandShape shape;
    private final List<Access> accesses = new ArrayList<>();

    private Footprint(Command command, AcceleratorConfig config, MemoryMap map) {
        this.command = command;
        this.config = config;
        this.map = map;
        shape = new CommandShape(command);
    }

    /** Of a command that {@code CommandRules} finds legal; addresses may lie outside of their space. FENCE has none. */
    public static List<Access> of(Command command, AcceleratorConfig config) {
        return of(command, config, new MemoryMap(config));
    }

    /** The same for callers with many commands. */
    static List<Access> of(Command command, AcceleratorConfig config, MemoryMap map) {
        Footprint footprint = new Footprint(command, config, map);
        switch (command.opcode()) {
            case FORWARD -> footprint.forward();
            case NEURON -> footprint.neuron();
            case LOSS -> footprint.loss();
            case BACKWARD -> footprint.backward();
            case NEURON_BACKWARD -> footprint.neuronBackward();
            case WEIGHT_GRADIENT -> footprint.weightGradient();
            case UPDATE -> footprint.update();
            case POOL -> footprint.pool();
            case POOL_BACKWARD -> footprint.poolBackward();
            case LOAD -> footprint.transfer(Use.WRITE, Use.READ);
            case STORE -> footprint.transfer(Use.READ, Use.WRITE);
            case FENCE -> {}
        }
        return List.copyOf(footprint.accesses);
    }

    private void forward() {
        input(Space.SPIKE, CommandField.SPIKE_INPUT, true);
        long lanes = config.lanes();
        words(Space.FORWARD_WEIGHT, Use.READ, get(CommandField.WEIGHT_BLOCK) * lanes, shape.taps() * lanes);
        if (get(CommandField.BIAS) != 0) {
            words(Space.FORWARD_WEIGHT, Use.READ, get(CommandField.BIAS_WORD) / lanes * lanes, lanes);
        }
        words(Space.ACCUMULATOR, Use.WRITE, 0, (long) shape.positions() * shape.inputSteps());
    }

    private void neuron() {
        words(Space.ACCUMULATOR, Use.READ, 0, (long) shape.positions() * shape.inputSteps());
        outputBlock(Space.SPIKE, Use.WRITE, CommandField.SPIKE_OUTPUT, shape.points());
        outputBlock(Space.WINDOW, Use.WRITE, CommandField.TRACE, shape.points());
        outputBlock(Space.POTENTIAL, Use.WRITE, CommandField.TRACE, shape.points());
    }

    private void loss() {
        long length = (long) shape.samples * shape.steps * shape.outputBlocks;
        words(Space.LABEL, Use.READ, get(CommandField.LABEL_WORD), shape.samples);
        words(Space.SPIKE, Use.READ, get(CommandField.SPIKE_OUTPUT), length);
        words(Space.SPIKE_GRADIENT, Use.WRITE, get(CommandField.TRACE), length);
    }

    private void backward() {
        long lanes = config.lanes();
        long below = get(CommandField.TRACE_BELOW);
        long belowWords = shape.inputPoints() * shape.inputBlocks;
        words(Space.GRADIENT, Use.READ, get(CommandField.TRACE), shape.points() * shape.outputBlocks);
        words(
                Space.BACKWARD_WEIGHT,
                Use.READ,
                get(CommandField.WEIGHT_BLOCK) * lanes,
                (long) shape.outputBlocks * shape.taps() * lanes);
        words(Space.WINDOW, Use.READ, below, belowWords);
        words(Space.SPIKE_GRADIENT, Use.WRITE_SPARSE, below, belowWords);
        words(Space.EMPTY_MARK, Use.WRITE, 0, shape.inputPoints());
    }

    private void neuronBackward() {
        outputBlock(Space.SPIKE, Use.READ, CommandField.SPIKE_OUTPUT, shape.points());
        outputBlock(Space.WINDOW, Use.READ, CommandField.TRACE, shape.points());
        if (needsPotential()) {
            outputBlock(Space.POTENTIAL, Use.READ, CommandField.TRACE, shape.points());
        }
        outputBlock(Space.SPIKE_GRADIENT, spikeGradients(), CommandField.TRACE, shape.points());
        outputBlock(Space.GRADIENT, Use.WRITE, CommandField.TRACE, shape.points());
        if (shape.staticInput) {
            outputBlock(Space.GRADIENT_SUM, Use.WRITE, CommandField.SUM_WORD, shape.positions());
        }
    }

    /** Whether the gradient depends on u: through the hard reset or the triangle. */
    private boolean needsPotential() {
        AcceleratorConfig.Options options = config.options();
        boolean detached = options.detachReset() && get(CommandField.DETACH_RESET) != 0;
        boolean triangle = options.triangle() && get(CommandField.MULTIPLIER) != 0;
        boolean soft = options.softReset() && get(CommandField.RESET) == CommandField.RESET_SOFT;
        boolean none = options.noReset() && get(CommandField.RESET) == CommandField.RESET_NONE;
        return triangle || (!detached && !soft && !none);
    }

    private void weightGradient() {
        long lanes = config.lanes();
        if (shape.staticInput) {
            outputBlock(Space.GRADIENT_SUM, Use.READ, CommandField.SUM_WORD, shape.positions());
        } else {
            outputBlock(Space.GRADIENT, Use.READ, CommandField.TRACE, shape.points());
        }
        input(Space.SPIKE, CommandField.SPIKE_INPUT, true);
        added(get(CommandField.WEIGHT_BLOCK) * lanes, shape.taps() * lanes);
        if (get(CommandField.BIAS) != 0) {
            added(get(CommandField.BIAS_WORD), 1);
        }
    }

    /** Words of dW that are added to. */
    private void added(long first, long length) {
        words(Space.WEIGHT_GRADIENT, Use.READ, first, length);
        words(Space.WEIGHT_GRADIENT, Use.WRITE, first, length);
    }

    private void update() {
        long first = get(CommandField.WEIGHT_BLOCK) * config.lanes();
        long length = get(CommandField.BLOCKS) * config.lanes();
        boolean momentum = config.options().momentum();
        boolean changes = get(CommandField.MULTIPLIER) != 0;
        words(Space.MASTER, Use.READ, first, length);
        words(Space.MASTER, Use.WRITE, first, length);
        if (changes || momentum) {
            words(Space.WEIGHT_GRADIENT, changes ? Use.READ : Use.READ_PASSED, first, length);
        }
        words(Space.WEIGHT_GRADIENT, Use.WRITE, first, length);
        words(Space.FORWARD_WEIGHT, Use.WRITE, first, length);
        words(Space.BACKWARD_WEIGHT, Use.WRITE, first, length);
        if (momentum) {
            if (get(CommandField.MOMENTUM) != 0) {
                words(Space.MOMENTUM, Use.READ, first, length);
            }
            words(Space.MOMENTUM, changes ? Use.WRITE : Use.WRITE_PASSED, first, length);
        }
    }

    private void pool() {
        long length = shape.points() * shape.inputBlocks;
        input(Space.SPIKE, CommandField.SPIKE_INPUT, false);
        input(Space.WINDOW, CommandField.TRACE_BELOW, false);
        words(Space.SPIKE, Use.WRITE, get(CommandField.SPIKE_OUTPUT), length * get(CommandField.OUTPUT_PLANES));
        words(Space.WINDOW, Use.WRITE, get(CommandField.TRACE), length);
        words(Space.POTENTIAL, Use.WRITE, get(CommandField.TRACE), length);
    }

    private void poolBackward() {
        long length = shape.points() * shape.inputBlocks;
        long below = shape.inputPoints() * shape.inputBlocks;
        words(Space.SPIKE_GRADIENT, spikeGradients(), get(CommandField.TRACE), length);
        if (get(CommandField.OUTPUT_PLANES) == 1) {
            words(Space.POTENTIAL, Use.READ, get(CommandField.TRACE), length);
        }
        words(Space.WINDOW, Use.READ, get(CommandField.TRACE_BELOW), below);
        words(Space.SPIKE_GRADIENT, Use.WRITE, get(CommandField.TRACE_BELOW), below);
    }

    /** How ds is read, and the marks that are read for that. */
    private Use spikeGradients() {
        if (get(CommandField.SPARSE_DS) == 0) {
            return Use.READ;
        }
        words(Space.EMPTY_MARK, Use.READ, 0, shape.points());
        return Use.READ_SPARSE;
    }

    private void transfer(Use inScratchpad, Use inMemory) {
        Scratchpad scratchpad = Scratchpad.values()[(int) get(CommandField.SCRATCHPAD)];
        long beats = map.window(scratchpad).layout().beats();
        long address = get(CommandField.MEMORY_HIGH) << Integer.SIZE | get(CommandField.MEMORY_LOW);
        long rows = get(CommandField.ROWS);
        long words = get(CommandField.ROW_WORDS);
        long stride = get(CommandField.SCRATCHPAD_STRIDE);
        add(Space.of(scratchpad), inScratchpad, get(CommandField.SCRATCHPAD_WORD), rows, stride, words);
        add(Space.MEMORY, inMemory, address >>> 2, rows, get(CommandField.MEMORY_STRIDE) / 4, words * beats);
    }

    /** The words of all steps of the input points that some output point reads. A pool has no padding: it reads all taps. */
    private void input(Space space, CommandField first, boolean padded) {
        int noRow = padded ? 0 : shape.inputRow(0, 0);
        int noColumn = padded ? 0 : shape.inputColumn(0, 0);
        boolean[] rows =
                new boolean[padded ? shape.inputHeight : (shape.outputHeight - 1) * shape.stride + shape.kernelHeight];
        boolean[] columns =
                new boolean[padded ? shape.inputWidth : (shape.outputWidth - 1) * shape.stride + shape.kernelWidth];
        for (int output = 0; output < shape.outputHeight; output++) {
            for (int tap = 0; tap < shape.kernelHeight; tap++) {
                mark(rows, shape.inputRow(output, tap) - noRow);
            }
        }
        for (int output = 0; output < shape.outputWidth; output++) {
            for (int tap = 0; tap < shape.kernelWidth; tap++) {
                mark(columns, shape.inputColumn(output, tap) - noColumn);
            }
        }
        for (int row = 0; row < rows.length; row = end(rows, row)) {
            for (int column = 0; rows[row] && column < columns.length; column = end(columns, column)) {
                if (columns[column]) {
                    block(space, get(first), row, end(rows, row) - row, column, end(columns, column) - column);
                }
            }
        }
    }

    private static void mark(boolean[] read, int coordinate) {
        if (coordinate >= 0 && coordinate < read.length) {
            read[coordinate] = true;
        }
    }

    /** Behind the last of the equal marks from {@code from} on. */
    private static int end(boolean[] marks, int from) {
        int end = from + 1;
        while (end < marks.length && marks[end] == marks[from]) {
            end++;
        }
        return end;
    }

    /** Rows and columns of every sample. */
    private void block(Space space, long first, int row, int rows, int column, int columns) {
        long corner = first + (long) row * shape.rowPitch() + (long) column * shape.pitch();
        if (columns == shape.inputWidth) {
            long length = (long) rows * shape.rowPitch();
            add(space, Use.READ, corner, shape.samples, shape.samplePitch(), length);
            return;
        }
        for (int sample = 0; sample < shape.samples; sample++) {
            long at = corner + (long) sample * shape.samplePitch();
            add(space, Use.READ, at, rows, shape.rowPitch(), (long) columns * shape.pitch());
        }
    }

    /** The words of one output block of a tensor of all output blocks. */
    private void outputBlock(Space space, Use use, CommandField first, long count) {
        add(space, use, get(first) + get(CommandField.OUTPUT_BLOCK), count, shape.outputBlocks, 1);
    }

    private void words(Space space, Use use, long first, long length) {
        add(space, use, first, 1, length, length);
    }

    private void add(Space space, Use use, long first, long count, long stride, long length) {
        if (count > 0 && length > 0) {
            accesses.add(new Access(space, use, first, count, stride, length));
        }
    }

    private long get(CommandField field) {
        return command.get(field);
    }
}
