package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.host.plan.StepPlan;
import java.util.List;
import java.util.Random;

/**
 * LOAD and STORE of every scratchpad: rows of drawn numbers, lengths and distances at drawn places, then all of the scratchpad
 * at once. All that a command wrote is compared after it.
 */
record Transfers(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int TIMES = 12;
    private static final int MOST_ROWS = 5;
    private static final int MOST_WORDS = 40;
    private static final int SEED = 17;

    @Override
    public String name() {
        return "transfers";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            Random random = new Random(SEED);
            int bytes = (int) bench.model.memory().place().bytes();
            bench.lockStep.memory().write(0, random.ints(bytes / 4).toArray());
            MemoryMap map = new MemoryMap(bench.config());
            for (Scratchpad scratchpad : map.scratchpads()) {
                int words = map.window(scratchpad).words();
                for (int time = 0; time < TIMES; time++) {
                    bench.model.memory().timing(time % 2 == 0 ? MemoryTiming.FAST : MemoryTiming.random(time));
                    for (Opcode opcode : new Opcode[] {Opcode.LOAD, Opcode.STORE}) {
                        bench.lockStep.stepByStep(List.of(rows(random, opcode, scratchpad, words, bytes)));
                    }
                }
                for (Opcode opcode : new Opcode[] {Opcode.LOAD, Opcode.STORE}) {
                    bench.lockStep.stepByStep(List.of(all(opcode, scratchpad, words)));
                }
            }
        }
    }

    private static Command rows(Random random, Opcode opcode, Scratchpad scratchpad, int words, int bytes) {
        int rows = 1 + random.nextInt(MOST_ROWS);
        int length = 1 + random.nextInt(Math.min(MOST_WORDS, words / rows));
        int distance = length + random.nextInt((words - rows * length) / rows + 1);
        int first = random.nextInt(words - (rows - 1) * distance - length + 1);
        // A word of a scratchpad is at most four words of memory.
        int rowBytes = 16 * length;
        int stride = rowBytes + 4 * random.nextInt((bytes / 2 - rows * rowBytes) / rows / 4 + 1);
        return Command.of(opcode)
                .with(CommandField.ROWS, rows)
                .with(CommandField.ROW_WORDS, length)
                .with(CommandField.SCRATCHPAD, scratchpad.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, first)
                .with(CommandField.SCRATCHPAD_STRIDE, distance)
                .with(CommandField.MEMORY_LOW, 4L * random.nextInt(bytes / 8))
                .with(CommandField.MEMORY_STRIDE, stride)
                .build();
    }

    private static Command all(Opcode opcode, Scratchpad scratchpad, int words) {
        return Command.of(opcode)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, words)
                .with(CommandField.SCRATCHPAD, scratchpad.ordinal())
                .build();
    }
}
