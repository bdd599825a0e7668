package h2learn.host.predict;

import static h2learn.contract.CommandField.OUTPUT_BLOCK;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.model.machine.CommandShape;

/** Predicts the busy cycles of any command's engine from the command, the configuration and what lies in its data. */
public final class CommandCycles {
    /** Cycles of a queue around a command whose points are measured first: taken, checked, measured, started, ended. */
    private static final int MEASURED = 26;

    private static final int UNMEASURED = 7;

    private final AcceleratorConfig config;
    private final EngineCycles engines;
    private final WeightGradientCycles weightGradient;
    private final TransferCycles transfers;

    /** @param latency of the external memory: cycles from a burst's address to its first word or its answer */
    public CommandCycles(AcceleratorConfig config, int latency) {
        this.config = config;
        engines = new EngineCycles(config);
        weightGradient = new WeightGradientCycles(config);
        transfers = new TransferCycles(config, latency);
    }

    /** Cycles in which the command's engine is busy. */
    public long of(Command command, Findings findings) {
        return switch (command.opcode()) {
            case BACKWARD -> BackwardCycles.of(config, command, findings.gradient(command), findings.window(command))
                    .busy();
            case WEIGHT_GRADIENT -> weightGradient.of(command, blocks(command, findings));
            case LOAD, STORE -> transfers.of(command);
            default -> engines.of(command);
        };
    }

    /** Cycles in which a queue is with a command while its engine is not busy. */
    public static int around(Command command) {
        return switch (command.opcode()) {
            case FENCE -> 0;
            case LOAD, STORE, UPDATE -> UNMEASURED;
            default -> MEASURED;
        };
    }

    /** Which blocks of N points hold a gradient in the command's output block. */
    private boolean[] blocks(Command command, Findings findings) {
        boolean isStatic = command.get(STATIC_INPUT) == 1;
        NonZero gradient = isStatic ? findings.gradientSum(command) : findings.gradient(command);
        int steps = isStatic ? 1 : (int) command.get(STEPS);
        int area = new CommandShape(command).area();
        int lanes = config.lanes();
        int first = (int) command.get(OUTPUT_BLOCK) * lanes;
        boolean[] holds = new boolean[weightGradient.blocks(command)];
        long points = isStatic ? EngineCycles.positions(command) : EngineCycles.points(command);
        for (int point = 0; point < points; point++) {
            int position = point / steps;
            for (int lane = 0; lane < lanes && !holds[point / lanes]; lane++) {
                holds[point / lanes] = gradient.at(position / area, point % steps, position % area, first + lane);
            }
        }
        return holds;
    }
}
