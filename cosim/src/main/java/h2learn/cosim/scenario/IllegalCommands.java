package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.host.CommandFactory;
import h2learn.host.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every check of a command, each side of each limit, through the registers and from the ring. */
record IllegalCommands(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final long CYCLES = 5000;
    private static final int RANDOM_COMMANDS = 10;
    private static final int[] UNKNOWN_OPCODES = {0, 13, 16, 32, 64, 0x80, 0xFF};

    /** A command that must be refused, and why. */
    private record Refused(int[] words, ErrorCode code) {}

    @Override
    public String name() {
        return "illegal commands";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.begin();
            List<Command> program = bench.program();
            for (Refused refused : refused(bench, program)) {
                bench.restart();
                // One command goes before, so that the index is not 0.
                bench.push(CommandFactory.fence().words());
                bench.awaitIdle();
                bench.push(refused.words);
                bench.expect(refused.code, (int) CommandField.OPCODE.get(refused.words), 1, CYCLES);
            }
            bench.restart();
            unknownInTheRing(bench, program);
            bench.recover();
        }
    }

    private static void unknownInTheRing(CommandBench bench, List<Command> program) {
        int index = 3;
        long ring = bench.plan().layout().ring().address();
        bench.submit(program.subList(0, index));
        int[] words = CommandBench.changed(program.get(index), CommandField.OPCODE, 13);
        bench.model.memory().load(ring + (long) index * CommandField.BYTES, words);
        bench.port.write(Register.RING_TAIL, index + 1);
        bench.expect(ErrorCode.UNKNOWN_OPCODE, 13, index, CommandBench.BUDGET);
    }

    private static List<Refused> refused(CommandBench bench, List<Command> program) {
        List<Refused> all = new ArrayList<>();
        for (int opcode : UNKNOWN_OPCODES) {
            all.add(new Refused(
                    CommandBench.changed(CommandFactory.fence(), CommandField.OPCODE, opcode),
                    ErrorCode.UNKNOWN_OPCODE));
        }
        for (Opcode opcode : Opcode.values()) {
            int index = CommandBench.firstOf(program, opcode);
            if (index < 0) {
                continue;
            }
            Command command = program.get(index).withTokens(0, 0);
            switch (opcode) {
                case FENCE, UPDATE -> {}
                case LOAD, STORE -> transfers(bench, command, all);
                default -> points(bench, command, all);
            }
        }
        random(all);
        return all;
    }

    /** Whatever the other fields hold. */
    private static void random(List<Refused> all) {
        Random random = new Random(1);
        for (Opcode opcode : Opcode.values()) {
            if (opcode == Opcode.FENCE || opcode == Opcode.UPDATE) {
                continue;
            }
            boolean transfer = opcode == Opcode.LOAD || opcode == Opcode.STORE;
            for (int count = 0; count < RANDOM_COMMANDS; count++) {
                int[] words = random.ints(CommandField.WORDS).toArray();
                CommandField.OPCODE.put(words, opcode.code());
                CommandField.TAKE_TOKENS.put(words, 0);
                CommandField.GIVE_TOKENS.put(words, 0);
                CommandField refusing = transfer ? CommandField.ROWS : CommandField.SAMPLES;
                // Too few, or too many.
                refusing.put(words, count % 2 == 0 ? 0 : refusing.get(words) | 1L << refusing.bits() - 1);
                all.add(new Refused(words, transfer ? ErrorCode.TRANSFER : ErrorCode.SAMPLES));
            }
        }
    }

    private static void points(CommandBench bench, Command command, List<Refused> all) {
        var limits = bench.config().limits();
        add(all, command, CommandField.SAMPLES, 0, ErrorCode.SAMPLES);
        add(all, command, CommandField.SAMPLES, limits.samples() + 1, ErrorCode.SAMPLES);
        add(all, command, CommandField.SAMPLES, 0x8000, ErrorCode.SAMPLES);
        add(all, command, CommandField.STEPS, 0, ErrorCode.STEPS);
        add(all, command, CommandField.STEPS, limits.steps() + 1, ErrorCode.STEPS);
        add(all, command, CommandField.STEPS, 0x80, ErrorCode.STEPS);
        Opcode opcode = command.opcode();
        if (opcode == Opcode.FORWARD || opcode == Opcode.WEIGHT_GRADIENT) {
            add(all, command, CommandField.PLANES, 0, ErrorCode.PLANES);
            add(all, command, CommandField.PLANES, limits.inputPlanes() + 1, ErrorCode.PLANES);
            add(all, command, CommandField.PLANES, 0x80, ErrorCode.PLANES);
        }
        if (opcode == Opcode.POOL || opcode == Opcode.POOL_BACKWARD) {
            add(all, command, CommandField.OUTPUT_PLANES, 0, ErrorCode.PLANES);
            add(all, command, CommandField.OUTPUT_PLANES, 5, ErrorCode.PLANES);
            add(all, command, CommandField.OUTPUT_PLANES, 8, ErrorCode.PLANES);
            for (int side : new int[] {1, 4, 6, 7, 0x12, 0x82}) {
                add(all, command, CommandField.KERNEL_HEIGHT, side, ErrorCode.GEOMETRY);
                add(all, command, CommandField.KERNEL_WIDTH, side, ErrorCode.GEOMETRY);
            }
        }
        for (CommandField extent : List.of(
                CommandField.INPUT_HEIGHT,
                CommandField.INPUT_WIDTH,
                CommandField.OUTPUT_HEIGHT,
                CommandField.OUTPUT_WIDTH,
                CommandField.KERNEL_HEIGHT,
                CommandField.KERNEL_WIDTH,
                CommandField.STRIDE)) {
            add(all, command, extent, 0, ErrorCode.GEOMETRY);
        }
        // One point more than the limit, with one sample and one step; and far more.
        int[] words = command.words();
        CommandField.SAMPLES.put(words, 1);
        CommandField.STEPS.put(words, 1);
        CommandField.OUTPUT_HEIGHT.put(words, 1);
        for (int width : new int[] {limits.points() + 1, 2 * limits.points(), 255}) {
            int[] wide = words.clone();
            if (width > limits.points() && width < 256) {
                CommandField.OUTPUT_WIDTH.put(wide, width);
                all.add(new Refused(wide, ErrorCode.POINTS));
            }
        }
        for (int side : new int[] {128, 0xAA, 0xD5, 0xFF}) {
            int[] vast = words.clone();
            CommandField.OUTPUT_HEIGHT.put(vast, side);
            CommandField.OUTPUT_WIDTH.put(vast, side);
            all.add(new Refused(vast, ErrorCode.POINTS));
            int[] blocks = vast.clone();
            CommandField.OUTPUT_BLOCKS.put(blocks, side << 8 | side);
            CommandField.INPUT_BLOCKS.put(blocks, side << 8 | side);
            CommandField.INPUT_HEIGHT.put(blocks, side);
            CommandField.INPUT_WIDTH.put(blocks, side);
            all.add(new Refused(blocks, ErrorCode.POINTS));
        }
    }

    private static void transfers(CommandBench bench, Command command, List<Refused> all) {
        MemoryMap map = new MemoryMap(bench.config());
        add(all, command, CommandField.ROWS, 0, ErrorCode.TRANSFER);
        add(all, command, CommandField.ROW_WORDS, 0, ErrorCode.TRANSFER);
        add(all, command, CommandField.ROW_WORDS, 0xFFFFFF, ErrorCode.TRANSFER);
        // Rows that overlap may be any number.
        int[] rows = CommandBench.changed(command, CommandField.SCRATCHPAD_STRIDE, 1);
        CommandField.ROWS.put(rows, 0xFFFFFF);
        all.add(new Refused(rows, ErrorCode.TRANSFER));
        add(all, command, CommandField.SCRATCHPAD, Scratchpad.values().length, ErrorCode.TRANSFER);
        add(all, command, CommandField.SCRATCHPAD, 0xFF, ErrorCode.TRANSFER);
        for (int low : new int[] {1, 2, 3}) {
            add(all, command, CommandField.MEMORY_LOW, command.get(CommandField.MEMORY_LOW) + low, ErrorCode.TRANSFER);
            add(all, command, CommandField.MEMORY_STRIDE, low, ErrorCode.TRANSFER);
        }
        for (Scratchpad scratchpad : Scratchpad.values()) {
            int[] words = command.words();
            CommandField.SCRATCHPAD.put(words, scratchpad.ordinal());
            CommandField.SCRATCHPAD_WORD.put(words, 0);
            CommandField.ROWS.put(words, 1);
            CommandField.SCRATCHPAD_STRIDE.put(words, 0);
            CommandField.ROW_WORDS.put(
                    words, map.has(scratchpad) ? map.window(scratchpad).words() + 1 : 1);
            all.add(new Refused(words, ErrorCode.TRANSFER));
            if (map.has(scratchpad)) {
                // Two rows of which the second leaves the scratchpad by a word.
                int[] second = words.clone();
                CommandField.ROWS.put(second, 2);
                CommandField.ROW_WORDS.put(second, 1);
                CommandField.SCRATCHPAD_STRIDE.put(
                        second, map.window(scratchpad).words());
                all.add(new Refused(second, ErrorCode.TRANSFER));
                int[] start = words.clone();
                CommandField.ROW_WORDS.put(start, 1);
                CommandField.SCRATCHPAD_WORD.put(start, map.window(scratchpad).words());
                all.add(new Refused(start, ErrorCode.TRANSFER));
            }
        }
    }

    private static void add(List<Refused> all, Command command, CommandField field, long value, ErrorCode code) {
        all.add(new Refused(CommandBench.changed(command, field, value), code));
    }
}
