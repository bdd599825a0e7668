package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.predict.CommandCycles;
import h2learn.host.predict.EngineCycles;
import h2learn.host.predict.TransferCycles;
import h2learn.host.predict.WeightGradientCycles;
import h2learn.model.machine.CommandShape;
import java.util.Arrays;

/**
 * About how many cycles a queue is with a command: good enough to order commands and to choose sizes. What an engine
 * skips is not known when a program is made: of BACKWARD a share is assumed, WEIGHT_GRADIENT is to skip nothing.
 */
final class CommandEstimate {
    /** Share of the multiplications that is left after both skips: early in training of the named networks. */
    private static final double MULTIPLICATIONS = 0.12;

    /** Cycles until external memory answers. */
    private static final int LATENCY = 60;

    private final AcceleratorConfig config;
    private final EngineCycles engines;
    private final WeightGradientCycles weightGradient;
    private final TransferCycles transfers;

    CommandEstimate(AcceleratorConfig config) {
        this.config = config;
        engines = new EngineCycles(config);
        weightGradient = new WeightGradientCycles(config);
        transfers = new TransferCycles(config, LATENCY);
    }

    long cycles(Command command) {
        long busy =
                switch (command.opcode()) {
                    case BACKWARD -> backward(new CommandShape(command));
                    case WEIGHT_GRADIENT -> weightGradient(command);
                    case LOAD, STORE -> transfers.of(command);
                    default -> engines.of(command);
                };
        return CommandCycles.around(command) + busy;
    }

    private long weightGradient(Command command) {
        boolean[] all = new boolean[weightGradient.blocks(command)];
        Arrays.fill(all, true);
        return weightGradient.of(command, all);
    }

    private long backward(CommandShape shape) {
        double outputs = (double) shape.points() * shape.outputBlocks * config.lanes();
        double pairs = outputs * shape.taps() * config.lanes();
        return Math.max(
                shape.inputPoints(),
                Math.round(pairs * share() / config.backward().lanes()));
    }

    private double share() {
        return switch (config.backward().sparsity()) {
            case DUAL -> MULTIPLICATIONS;
            case INPUT, OUTPUT -> Math.sqrt(MULTIPLICATIONS);
            case NONE -> 1;
        };
    }
}
