package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.model.machine.CommandShape;

/**
 * About how many cycles a command takes: good enough to order commands and to choose sizes. What an engine skips is not
 * known when a program is made, so that a share is assumed.
 */
final class CommandEstimate {
    /** Share of the multiplications that is left after both skips: early in training of the named networks. */
    private static final double MULTIPLICATIONS = 0.12;

    /** Cycles to fetch, check, start and drain a command; and until external memory answers. */
    private static final int OVERHEAD = 40;

    private static final int LATENCY = 60;

    private final AcceleratorConfig config;
    private final MemoryMap map;

    CommandEstimate(AcceleratorConfig config) {
        this.config = config;
        map = new MemoryMap(config);
    }

    long cycles(Command command) {
        CommandShape shape = new CommandShape(command);
        int lanes = config.lanes();
        long points = shape.points();
        long work =
                switch (command.opcode()) {
                    case FORWARD -> shape.taps() * Math.max(1L << tableInputs(), inputPoints(shape) * shape.planes);
                    case NEURON, NEURON_BACKWARD -> points;
                    case LOSS -> (long) shape.samples * shape.outputBlocks * 2 * (lanes + shape.steps);
                    case BACKWARD -> backward(shape);
                    case WEIGHT_GRADIENT -> weightGradient(shape);
                    case UPDATE -> command.get(CommandField.BLOCKS) * lanes;
                    case POOL, POOL_BACKWARD -> points * shape.inputBlocks * shape.kernelHeight * shape.kernelWidth;
                    case LOAD, STORE -> transfer(command);
                    case FENCE -> 0;
                };
        return OVERHEAD + work;
    }

    private int tableInputs() {
        return config.lut().inputs();
    }

    private static long inputPoints(CommandShape shape) {
        return (long) shape.positions() * shape.inputSteps();
    }

    private long backward(CommandShape shape) {
        double outputs = (double) shape.points() * shape.outputBlocks * config.lanes();
        double pairs = outputs * shape.taps() * config.lanes();
        return Math.max(shape.inputPoints(), Math.round(pairs * share() / config.backward().lanes()));
    }

    private double share() {
        return switch (config.backward().sparsity()) {
            case DUAL -> MULTIPLICATIONS;
            case INPUT, OUTPUT -> Math.sqrt(MULTIPLICATIONS);
            case NONE -> 1;
        };
    }

    /** The tables hold N points; each input channel's spikes at them are one look-up. */
    private long weightGradient(CommandShape shape) {
        long pointBlocks = (inputPoints(shape) + config.lanes() - 1) / config.lanes();
        return pointBlocks * Math.max(1L << tableInputs(), (long) shape.taps() * config.lanes() * shape.planes);
    }

    private long transfer(Command command) {
        Scratchpad scratchpad = Scratchpad.values()[(int) command.get(CommandField.SCRATCHPAD)];
        long beats = command.get(CommandField.ROW_WORDS)
                * map.window(scratchpad).layout().beats();
        int bus = config.memoryBus().beats();
        return LATENCY + command.get(CommandField.ROWS) * (4 + (beats + bus - 1) / bus);
    }
}
