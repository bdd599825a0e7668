package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.host.CommandFactory;
import h2learn.host.plan.StepPlan;
import java.util.Collections;
import java.util.List;

/** Tokens that nobody gives, and too many; the watchdog's time; a tail that runs too far ahead. */
record Tokens(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 3;
    private static final int MANY = 0x1555;
    private static final int WATCHDOG_CYCLES = 1000;
    /** From the start of the waiting queue, and until the host sees it. */
    private static final int SLACK_CYCLES = 200;

    @Override
    public String name() {
        return "tokens";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.begin();
            bench.restart();
            starved(bench);
            tooMany(bench);
            passed(bench);
            tail(bench);
            bench.recover();
        }
    }

    /** Each queue waits for a token of each other queue. */
    private static void starved(CommandBench bench) {
        List<Command> program = bench.program();
        bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        for (CommandQueue starved : CommandQueue.values()) {
            Command command = program.get(CommandBench.firstOf(program, starved));
            for (CommandQueue giver : CommandQueue.values()) {
                long start = bench.model.cycle();
                bench.submit(List.of(CommandFactory.fence(), command.withTokens(1 << giver.ordinal(), 0)));
                bench.expect(ErrorCode.WATCHDOG, command.opcode().code(), 1, 2 * WATCHDOG_CYCLES);
                long cycles = bench.model.cycle() - start;
                ScenarioException.check(
                        cycles > WATCHDOG_CYCLES && cycles < WATCHDOG_CYCLES + 4 * SLACK_CYCLES,
                        "the watchdog fired after " + cycles + " cycles, not after " + WATCHDOG_CYCLES);
                ScenarioException.checkEqual(3, bench.state(starved, "STATE"), starved + "'s state");
                ScenarioException.checkEqual(
                        1 << giver.ordinal(),
                        bench.state(starved, "MISSING"),
                        "the tokens that " + starved + " misses");
                ScenarioException.checkEqual(
                        command.opcode().code(), bench.state(starved, "OPCODE"), starved + "'s opcode");
                ScenarioException.checkEqual(
                        1,
                        bench.model.bus().read(Register.QUEUE_INDEX.offset(starved.ordinal())),
                        starved + "'s index");
                bench.restart();
            }
        }
        bench.port.write(Register.WATCHDOG, 1 << 20);
    }

    /** One token more than a counter holds, of each queue for each other. */
    private static void tooMany(CommandBench bench) {
        List<Command> program = bench.program();
        for (CommandQueue giver : CommandQueue.values()) {
            for (CommandQueue taker : CommandQueue.values()) {
                Command giving = harmless(bench, program, giver).withTokens(0, 1 << taker.ordinal());
                bench.submit(Collections.nCopies(CommandQueue.MAXIMUM_TOKENS, giving));
                bench.awaitIdle();
                ScenarioException.checkEqual(
                        CommandQueue.MAXIMUM_TOKENS,
                        bench.port.read(Register.COMPLETED),
                        "COMPLETED before too many tokens");
                bench.submit(List.of(giving, giving));
                bench.awaitError(ErrorCode.TOKENS, CommandBench.BUDGET);
                bench.restart();
            }
        }
    }

    /** Each queue gives a token to each other, which takes it. */
    private static void passed(CommandBench bench) {
        List<Command> program = bench.program();
        int given = 0;
        for (CommandQueue giver : CommandQueue.values()) {
            for (CommandQueue taker : CommandQueue.values()) {
                Command gives = harmless(bench, program, giver).withTokens(0, 1 << taker.ordinal());
                Command takes = harmless(bench, program, taker).withTokens(1 << giver.ordinal(), 0);
                // Within a queue the first must be the one that gives.
                bench.submit(giver == taker ? List.of(gives, takes) : List.of(takes, gives));
                bench.awaitIdle();
                given += 2;
                ScenarioException.checkEqual(given, bench.port.read(Register.COMPLETED), "COMPLETED");
                ScenarioException.checkEqual(0, bench.port.read(Register.STATUS), "STATUS");
            }
        }
        bench.restart();
    }

    private static Command harmless(CommandBench bench, List<Command> program, CommandQueue queue) {
        return queue == CommandQueue.LOAD ? load() : program.get(CommandBench.firstOf(program, queue));
    }

    private static Command load() {
        return Command.of(Opcode.LOAD)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 1)
                .with(CommandField.SCRATCHPAD, Scratchpad.LABEL.ordinal())
                .build();
    }

    /** As far ahead as the ring is long is a full ring; one more is an error. */
    private static void tail(CommandBench bench) {
        int entries = 1 << RING_ENTRIES_LOG2;
        bench.submit(Collections.nCopies(entries, CommandFactory.fence()));
        bench.awaitIdle();
        ScenarioException.checkEqual(entries, bench.port.read(Register.RING_HEAD), "RING_HEAD");
        bench.port.write(Register.RING_TAIL, 2 * entries + 1);
        bench.expect(ErrorCode.RING, 0, entries, CommandBench.BUDGET);
        bench.restart();
        // More than 12 bits hold.
        bench.submit(Collections.nCopies(MANY, CommandFactory.fence()));
        bench.awaitIdle();
        ScenarioException.checkEqual(MANY, bench.port.read(Register.RING_HEAD), "RING_HEAD");
        ScenarioException.checkEqual(MANY, bench.port.read(Register.COMPLETED), "COMPLETED");
        bench.push(CommandBench.changed(CommandFactory.fence(), CommandField.OPCODE, 13));
        bench.expect(ErrorCode.UNKNOWN_OPCODE, 13, MANY, CommandBench.BUDGET);
        bench.restart();
        for (int tail : new int[] {-1, 0x100, 0x10000, 0x8000_0000}) {
            bench.port.write(Register.RING_TAIL, tail);
            bench.expect(ErrorCode.RING, 0, 0, CommandBench.BUDGET);
            bench.restart();
        }
    }
}
