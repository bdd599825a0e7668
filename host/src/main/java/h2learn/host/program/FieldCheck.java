package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.model.machine.CommandRules;
import h2learn.model.machine.CommandShape;
import h2learn.model.machine.Space;
import h2learn.number.ScaledFactor;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a command by itself: what the accelerator refuses, and what it would not notice but compute
 * something else, or nothing for ever.
 */
final class FieldCheck {
    /** Most output points that may read one point of the layer below. */
    private static final int MOST_TAPS = 64;

    private final AcceleratorConfig config;
    private final CommandRules rules;
    private final Spaces spaces;

    FieldCheck(Spaces spaces) {
        config = spaces.config();
        this.spaces = spaces;
        rules = new CommandRules(config);
    }

    /** Each goes on after the command's name; empty when all is well. */
    List<String> problems(Command command) {
        ErrorCode code = rules.code(command);
        if (code != ErrorCode.NONE) {
            return List.of("is refused: " + code.meaning());
        }
        List<String> problems = new ArrayList<>();
        Opcode opcode = command.opcode();
        if (opcode == Opcode.FENCE) {
            boolean tokens = command.get(CommandField.TAKE_TOKENS) != 0 || command.get(CommandField.GIVE_TOKENS) != 0;
            require(!tokens, "takes or gives tokens, which a FENCE does not", problems);
        } else if (opcode != Opcode.UPDATE && opcode != Opcode.LOAD && opcode != Opcode.STORE) {
            blocks(command, problems);
        }
        if (opcode == Opcode.BACKWARD) {
            lists(command, problems);
        }
        if (opcode == Opcode.POOL) {
            squares(command, problems);
        }
        options(command, problems);
        for (Access access : spaces.footprint(command)) {
            require(
                    spaces.hold(access),
                    (access.use().writes() ? "writes " : "reads ") + access.space() + " words up to "
                            + (access.end() - 1) + ", there are " + spaces.words(access.space())
                            + (access.space() == Space.MEMORY ? " of 4 bytes" : ""),
                    problems);
        }
        return problems;
    }

    private void blocks(Command command, List<String> problems) {
        boolean pool = command.opcode() == Opcode.POOL || command.opcode() == Opcode.POOL_BACKWARD;
        long outputBlocks = command.get(CommandField.OUTPUT_BLOCKS);
        require(command.get(CommandField.INPUT_BLOCKS) > 0, "has INPUT_BLOCKS 0", problems);
        require(pool || outputBlocks > 0, "has OUTPUT_BLOCKS 0", problems);
        require(
                pool || command.get(CommandField.OUTPUT_BLOCK) < Math.max(1, outputBlocks),
                "has OUTPUT_BLOCK " + command.get(CommandField.OUTPUT_BLOCK) + " of " + outputBlocks,
                problems);
        if (command.opcode() == Opcode.LOSS) {
            long neurons = command.get(CommandField.NEURONS);
            require(
                    neurons > 0 && command.get(CommandField.OUTPUT_CHANNELS) % neurons == 0,
                    "has OUTPUT_CHANNELS that are no multiple of NEURONS",
                    problems);
        }
    }

    /** The backward engine lists all output points that a row of the layer below is read by, and one more. */
    private void lists(Command command, List<String> problems) {
        CommandShape shape = new CommandShape(command);
        int tapRows = (shape.kernelHeight + shape.stride - 1) / shape.stride;
        int tapColumns = (shape.kernelWidth + shape.stride - 1) / shape.stride;
        int rows = Math.min(shape.outputHeight, tapRows);
        long points = (long) rows * shape.outputWidth + 1;
        long entries = points * shape.outputBlocks * config.lanes() + 1;
        long taps = (long) rows * Math.min(shape.outputWidth, tapColumns);
        most(points, MemoryMap.LISTED_POINTS, "output points", problems);
        most(entries, MemoryMap.LIST_ENTRIES, "gradients", problems);
        most(taps, MOST_TAPS, "taps of a point", problems);
    }

    private static void most(long needed, long there, String what, List<String> problems) {
        require(
                needed <= there,
                "needs room for " + needed + " " + what + ", the backward engine lists " + there + " and would hang",
                problems);
    }

    private static void squares(Command command, List<String> problems) {
        CommandShape shape = new CommandShape(command);
        require(
                (shape.outputHeight - 1) * shape.stride + shape.kernelHeight <= shape.inputHeight
                        && (shape.outputWidth - 1) * shape.stride + shape.kernelWidth <= shape.inputWidth,
                "has squares that reach beyond its input",
                problems);
    }

    private void options(Command command, List<String> problems) {
        Opcode opcode = command.opcode();
        AcceleratorConfig.Options options = config.options();
        if (opcode == Opcode.NEURON || opcode == Opcode.NEURON_BACKWARD) {
            long reset = command.get(CommandField.RESET);
            require(reset != CommandField.RESET_SOFT || options.softReset(), "needs options.softReset", problems);
            require(reset != CommandField.RESET_NONE || options.noReset(), "needs options.noReset", problems);
            require(
                    options.alpha() == Leak.MULTIPLIER || Long.bitCount(command.get(CommandField.ALPHA)) == 1,
                    "has an ALPHA that is no power of two, and options.alpha is shift",
                    problems);
        }
        boolean scales = opcode == Opcode.LOSS
                || opcode == Opcode.UPDATE
                || (opcode == Opcode.NEURON_BACKWARD && options.triangle());
        require(
                !scales || command.get(CommandField.SHIFT) <= ScaledFactor.MAXIMUM_SHIFT,
                "has a SHIFT of more than " + ScaledFactor.MAXIMUM_SHIFT,
                problems);
    }

    private static void require(boolean holds, String otherwise, List<String> problems) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
