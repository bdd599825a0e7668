package h2learn.host.predict;

import static h2learn.contract.CommandField.BIAS;
import static h2learn.contract.CommandField.BLOCKS;
import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.PLANES;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TOP_PADDING;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.contract.Command;
import h2learn.contract.CommandField;

/**
 * Busy cycles of the commands whose time follows from their fields alone: FORWARD, NEURON, LOSS, NEURON_BACKWARD, POOL,
 * POOL_BACKWARD and UPDATE. The constants are the depths of the engines' pipelines.
 */
public final class EngineCycles {
    /** FORWARD: from the start to the first fill, and from the last word streamed to the end. */
    private static final int FORWARD_ENDS = 8;
    /** FORWARD: cycles to read a bias. */
    private static final int FORWARD_BIAS = 2;
    /** NEURON and NEURON_BACKWARD: fewest cycles of a pass over the positions, also those of the drain. */
    private static final int NEURON_LOOP = 6;

    private static final int NEURON_BACKWARD_LOOP = 8;
    private static final int POOL_DRAIN = 7;
    private static final int POOL_BACKWARD_DRAIN = 6;
    private static final int LOSS_LATENCY = 5;
    private static final int UPDATE_DRAIN = 7;

    private final AcceleratorConfig config;

    public EngineCycles(AcceleratorConfig config) {
        this.config = config;
    }

    /** Cycles in which the command's engine is busy; throws {@link IllegalArgumentException} where data decide. */
    public long of(Command command) {
        return switch (command.opcode()) {
            case FORWARD -> forward(command);
            case NEURON -> steps(command, NEURON_LOOP);
            case NEURON_BACKWARD -> steps(command, NEURON_BACKWARD_LOOP);
            case LOSS -> loss(command);
            case POOL -> points(command) * taps(command) * command.get(INPUT_BLOCKS) + POOL_DRAIN;
            case POOL_BACKWARD -> command.get(SAMPLES)
                            * command.get(STEPS)
                            * command.get(OUTPUT_BLOCKS)
                            * squares(command, INPUT_HEIGHT, KERNEL_HEIGHT)
                            * squares(command, INPUT_WIDTH, KERNEL_WIDTH)
                    + POOL_BACKWARD_DRAIN;
            case UPDATE -> command.get(BLOCKS) * config.lanes() + UPDATE_DRAIN;
            case FENCE -> 0;
            case BACKWARD, WEIGHT_GRADIENT, LOAD, STORE -> throw new IllegalArgumentException(
                    "the cycles of " + command.opcode() + " depend on more than its fields");
        };
    }

    /** Cycles to fill all tables once, and to read the next rows. */
    static long fill(AcceleratorConfig config) {
        return config.forward().pe() == Pe.LUT ? (1L << config.lut().inputs()) + 1 : 2;
    }

    /** One set of tables fills while the other is read; each tap streams the points that lie inside for it. */
    private long forward(Command command) {
        long fill = fill(config);
        long[] columns = inside(command, KERNEL_WIDTH, OUTPUT_WIDTH, PADDING, INPUT_WIDTH);
        long[] rows = inside(command, KERNEL_HEIGHT, OUTPUT_HEIGHT, TOP_PADDING, INPUT_HEIGHT);
        long steps = command.get(STATIC_INPUT) == 1 ? 1 : command.get(STEPS);
        long planes = command.get(PLANES);
        long filled = 0;
        long read = 0;
        long readBefore = 0;
        // The first pass goes over all points.
        long first = positions(command) * steps;
        for (long row : rows) {
            for (long column : columns) {
                long points = Math.max(1, command.get(SAMPLES) * row * column * steps);
                for (long block = 0; block < command.get(INPUT_BLOCKS); block++) {
                    filled = Math.max(filled, readBefore) + fill;
                    readBefore = read;
                    read = Math.max(read, filled) + first + (first == 0 ? planes : planes - 1) * points;
                    first = 0;
                }
            }
        }
        return (command.get(BIAS) == 1 ? FORWARD_BIAS : 0) + read + FORWARD_ENDS;
    }

    /** Outputs along an axis whose input lies inside the image, tap by tap. */
    private static long[] inside(
            Command command, CommandField kernel, CommandField outputs, CommandField padding, CommandField extent) {
        long[] counts = new long[(int) command.get(kernel)];
        for (int tap = 0; tap < counts.length; tap++) {
            for (long output = 0; output < command.get(outputs); output++) {
                long at = output * command.get(STRIDE) + tap - command.get(padding);
                counts[tap] += at >= 0 && at < command.get(extent) ? 1 : 0;
            }
        }
        return counts;
    }

    private static long steps(Command command, int loop) {
        return command.get(STEPS) * Math.max(loop, positions(command)) + loop;
    }

    private long loss(Command command) {
        long blocks = command.get(OUTPUT_BLOCKS);
        long count = blocks * (command.get(STEPS) + 1 + config.lanes());
        long write = blocks * (config.lanes() + command.get(STEPS));
        return command.get(SAMPLES) * (1 + count + LOSS_LATENCY + write);
    }

    /**
     * Squares that a pool's way back looks at along one axis, over all coordinates: of each those that would cover it if
     * the image went on, at least one.
     */
    private static long squares(Command command, CommandField extent, CommandField kernel) {
        long stride = command.get(STRIDE);
        long sum = 0;
        for (long coordinate = 0; coordinate < command.get(extent); coordinate++) {
            long first = coordinate % stride;
            sum += Math.max(1, (command.get(kernel) - first + stride - 1) / stride);
        }
        return sum;
    }

    private static long taps(Command command) {
        return command.get(KERNEL_HEIGHT) * command.get(KERNEL_WIDTH);
    }

    static long positions(Command command) {
        return command.get(SAMPLES) * command.get(OUTPUT_HEIGHT) * command.get(OUTPUT_WIDTH);
    }

    static long points(Command command) {
        return positions(command) * command.get(STEPS);
    }
}
