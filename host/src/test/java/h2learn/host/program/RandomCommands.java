package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.model.machine.CommandRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws legal commands whose words all exist, by seed. */
final class RandomCommands {
    private final Random random;
    private final AcceleratorConfig config;
    private final CommandRules rules;
    private final Spaces spaces;
    private final int memoryBytes;

    RandomCommands(long seed, AcceleratorConfig config, int memoryBytes) {
        random = new Random(seed);
        this.config = config;
        this.memoryBytes = memoryBytes;
        rules = new CommandRules(config);
        spaces = new Spaces(config, memoryBytes);
    }

    List<Command> program(int length) {
        List<Command> commands = new ArrayList<>();
        while (commands.size() < length) {
            commands.add(command(pick(Opcode.values())));
        }
        return commands;
    }

    Command command(Opcode opcode) {
        while (true) {
            Command command = draw(opcode).build();
            if (rules.code(command) == ErrorCode.NONE
                    && spaces.footprint(command).stream().allMatch(spaces::hold)) {
                return command;
            }
        }
    }

    private Command.Builder draw(Opcode opcode) {
        Command.Builder command = Command.of(opcode).with(CommandField.LAYER, random.nextInt(4));
        return switch (opcode) {
            case FENCE -> command;
            case LOAD, STORE -> transfer(command);
            case UPDATE -> update(command);
            default -> point(command, opcode == Opcode.POOL || opcode == Opcode.POOL_BACKWARD);
        };
    }

    private Command.Builder transfer(Command.Builder command) {
        int rows = between(1, 4);
        int words = between(1, 6);
        return command.with(CommandField.ROWS, rows)
                .with(CommandField.ROW_WORDS, words)
                .with(CommandField.SCRATCHPAD, random.nextInt(Scratchpad.values().length))
                .with(CommandField.SCRATCHPAD_WORD, random.nextInt(64))
                .with(CommandField.SCRATCHPAD_STRIDE, words + random.nextInt(4))
                .with(CommandField.MEMORY_LOW, 4L * random.nextInt(memoryBytes / 4))
                .with(CommandField.MEMORY_STRIDE, 4L * between(8, 16) * words);
    }

    private Command.Builder update(Command.Builder command) {
        return command.with(CommandField.WEIGHT_BLOCK, random.nextInt(8))
                .with(CommandField.BLOCKS, between(1, 6))
                .with(CommandField.WEIGHT_BLOCKS, random.nextInt(6))
                .with(CommandField.MULTIPLIER, random.nextBoolean() ? 0 : random.nextInt(1 << 16))
                .with(CommandField.SHIFT, random.nextInt(48))
                .with(CommandField.MOMENTUM, random.nextBoolean() ? 0 : random.nextInt(256));
    }

    private Command.Builder point(Command.Builder command, boolean pool) {
        int kernelHeight = pool ? between(2, 3) : between(1, 4);
        int kernelWidth = pool ? between(2, 3) : between(1, 4);
        int stride = between(1, 3);
        int inputHeight = between(kernelHeight, 7);
        int inputWidth = between(kernelWidth, 7);
        int blocks = between(1, 3);
        int outputBlocks = pool ? blocks : between(1, 3);
        return command.with(CommandField.SAMPLES, between(1, 3))
                .with(CommandField.STEPS, between(1, 4))
                .with(CommandField.PLANES, pool ? 1 : between(1, 3))
                .with(CommandField.STATIC_INPUT, !pool && random.nextBoolean())
                .with(CommandField.SIGNED_INPUT, random.nextBoolean())
                .with(CommandField.BIAS, random.nextBoolean())
                .with(CommandField.SPARSE_DS, random.nextBoolean())
                .with(CommandField.OUTPUT_PLANES, pool ? between(1, 4) : 1)
                .with(CommandField.INPUT_BLOCKS, blocks)
                .with(CommandField.OUTPUT_BLOCKS, outputBlocks)
                .with(CommandField.OUTPUT_BLOCK, random.nextInt(outputBlocks))
                .with(CommandField.OUTPUT_CHANNELS, outputBlocks * config.lanes() - random.nextInt(3))
                .with(CommandField.INPUT_CHANNELS, blocks * config.lanes() - random.nextInt(3))
                .with(CommandField.INPUT_HEIGHT, inputHeight)
                .with(CommandField.INPUT_WIDTH, inputWidth)
                .with(CommandField.KERNEL_HEIGHT, kernelHeight)
                .with(CommandField.KERNEL_WIDTH, kernelWidth)
                .with(CommandField.OUTPUT_HEIGHT, (inputHeight - kernelHeight) / stride + 1)
                .with(CommandField.OUTPUT_WIDTH, (inputWidth - kernelWidth) / stride + 1)
                .with(CommandField.STRIDE, stride)
                .with(CommandField.PADDING, pool ? 0 : random.nextInt(3))
                .with(CommandField.TOP_PADDING, pool ? 0 : random.nextInt(3))
                .with(CommandField.SPIKE_INPUT, random.nextInt(64))
                .with(CommandField.SPIKE_OUTPUT, random.nextInt(64))
                .with(CommandField.TRACE, random.nextInt(64))
                .with(CommandField.TRACE_BELOW, random.nextInt(64))
                .with(CommandField.WEIGHT_BLOCK, random.nextInt(8))
                .with(CommandField.THETA, random.nextInt(30))
                .with(CommandField.WINDOW, random.nextInt(100))
                .with(CommandField.ALPHA, 1L << random.nextInt(9))
                .with(CommandField.BETA, random.nextInt(256))
                .with(CommandField.SHIFT, random.nextInt(8))
                .with(CommandField.MULTIPLIER, random.nextInt(3) * 100)
                .with(CommandField.RESET, config.options().softReset() ? random.nextInt(3) : 0)
                .with(CommandField.DETACH_RESET, random.nextBoolean())
                .with(CommandField.NEURONS, between(1, 3));
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
