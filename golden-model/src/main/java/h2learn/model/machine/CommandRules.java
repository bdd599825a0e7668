package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import java.util.List;

/** What the accelerator checks of a command before it runs it. */
public final class CommandRules {
    private static final List<CommandField> EXTENTS = List.of(
            CommandField.INPUT_HEIGHT,
            CommandField.INPUT_WIDTH,
            CommandField.OUTPUT_HEIGHT,
            CommandField.OUTPUT_WIDTH,
            CommandField.KERNEL_HEIGHT,
            CommandField.KERNEL_WIDTH,
            CommandField.STRIDE);

    /** Bit-planes that hold the spikes of a square of 3x3. */
    private static final int POOL_PLANES = 4;

    private final AcceleratorConfig config;
    private final MemoryMap map;

    public CommandRules(AcceleratorConfig config) {
        this.config = config;
        map = new MemoryMap(config);
    }

    /** The error code that the accelerator stops with, NONE when it runs the command. */
    public ErrorCode code(Command command) {
        return switch (command.opcode()) {
            case FENCE, UPDATE -> ErrorCode.NONE;
            case LOAD, STORE -> transferIsPossible(command) ? ErrorCode.NONE : ErrorCode.TRANSFER;
            default -> onPoints(command);
        };
    }

    private ErrorCode onPoints(Command command) {
        AcceleratorConfig.Limits limits = config.limits();
        Opcode opcode = command.opcode();
        if (!within(command, CommandField.SAMPLES, limits.samples())) {
            return ErrorCode.SAMPLES;
        }
        if (!within(command, CommandField.STEPS, limits.steps())) {
            return ErrorCode.STEPS;
        }
        boolean streams = opcode == Opcode.FORWARD || opcode == Opcode.WEIGHT_GRADIENT;
        boolean pools = opcode == Opcode.POOL || opcode == Opcode.POOL_BACKWARD;
        if ((streams && !within(command, CommandField.PLANES, limits.inputPlanes()))
                || (pools && !within(command, CommandField.OUTPUT_PLANES, POOL_PLANES))) {
            return ErrorCode.PLANES;
        }
        boolean square = isSquare(command, CommandField.KERNEL_HEIGHT) && isSquare(command, CommandField.KERNEL_WIDTH);
        if (EXTENTS.stream().anyMatch(extent -> command.get(extent) == 0) || (pools && !square)) {
            return ErrorCode.GEOMETRY;
        }
        return new CommandShape(command).points() > limits.points() ? ErrorCode.POINTS : ErrorCode.NONE;
    }

    private static boolean within(Command command, CommandField field, int most) {
        return command.get(field) > 0 && command.get(field) <= most;
    }

    private static boolean isSquare(Command command, CommandField kernel) {
        return command.get(kernel) == 2 || command.get(kernel) == 3;
    }

    private boolean transferIsPossible(Command command) {
        long rows = command.get(CommandField.ROWS);
        long rowWords = command.get(CommandField.ROW_WORDS);
        long scratchpad = command.get(CommandField.SCRATCHPAD);
        if (rows == 0
                || rowWords == 0
                || command.get(CommandField.MEMORY_LOW) % 4 != 0
                || command.get(CommandField.MEMORY_STRIDE) % 4 != 0
                || scratchpad >= Scratchpad.values().length
                || !map.has(Scratchpad.values()[(int) scratchpad])) {
            return false;
        }
        long end = command.get(CommandField.SCRATCHPAD_WORD)
                + (rows - 1) * command.get(CommandField.SCRATCHPAD_STRIDE)
                + rowWords;
        return end <= map.window(Scratchpad.values()[(int) scratchpad]).words();
    }
}
