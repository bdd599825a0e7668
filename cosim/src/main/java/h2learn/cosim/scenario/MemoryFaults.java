package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.MemoryErrors;
import h2learn.cosim.simulation.MemoryErrors.Interval;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.MemoryTiming.Chances;
import h2learn.cosim.simulation.MemoryTiming.Latency;
import h2learn.host.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** External memory that answers with errors or not at all, and RESTART and reset in mid-burst. */
record MemoryFaults(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int WATCHDOG_CYCLES = 3000;
    private static final int RUNS = 5;
    private static final int ABORTS = 3;
    private static final int STEP_CYCLES = 20;
    private static final int MOST_STEPS = 20_000;
    private static final int ROW_CYCLES = 400;
    /** No memory lies there; multiples of 4, of which no burst leaves the address space. */
    private static final int[] FAR_ADDRESSES = {0xFFFF_FF00, 0xAAAA_AAA8, 0x5555_5554};

    private static final Latency SOON = new Latency(1, 0);
    private static final Latency NEVER = new Latency(1_000_000_000, 0);
    private static final MemoryTiming SLOW_ANSWERS =
            new MemoryTiming(1, Chances.uniform(60), new Latency(100, 200), new Latency(400, 400), 16, 16);

    @Override
    public String name() {
        return "memory faults";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.begin();
            bench.restart();
            for (Opcode opcode : new Opcode[] {Opcode.LOAD, Opcode.STORE}) {
                slaveError(bench, opcode);
                decodeError(bench, opcode);
            }
            farAddresses(bench);
            ringErrors(bench);
            abortedRows(bench);
            noAnswers(bench);
            abortedWrites(bench);
            disturb(bench);
        }
    }

    private static void slaveError(CommandBench bench, Opcode opcode) {
        List<Command> program = bench.program();
        int index = CommandBench.firstOf(program, opcode);
        bench.model
                .memory()
                .errors(MemoryErrors.at(new Interval(program.get(index).get(CommandField.MEMORY_LOW), 4)));
        bench.submit(program);
        bench.expect(ErrorCode.SLVERR, opcode.code(), index, CommandBench.BUDGET);
        bench.recover();
    }

    private static void decodeError(CommandBench bench, Opcode opcode) {
        List<Command> program = new ArrayList<>(bench.program());
        int index = CommandBench.firstOf(program, opcode);
        int[] words = CommandBench.changed(
                program.get(index).withTokens(0, 0),
                CommandField.MEMORY_LOW,
                bench.model.memory().place().bytes());
        bench.push(words);
        bench.expect(ErrorCode.DECERR, opcode.code(), 0, CommandBench.BUDGET);
        bench.recover();
    }

    /** Addresses of all bits, at which there is no memory. */
    private static void farAddresses(CommandBench bench) {
        for (Opcode opcode : new Opcode[] {Opcode.LOAD, Opcode.STORE}) {
            for (int address : FAR_ADDRESSES) {
                Command far = rows(opcode, 1).with(CommandField.MEMORY_LOW, Integer.toUnsignedLong(address));
                bench.push(far.words());
                bench.expect(ErrorCode.DECERR, opcode.code(), 0, CommandBench.BUDGET);
                bench.restart();
            }
        }
        for (int address : FAR_ADDRESSES) {
            bench.port.write(Register.RING_BASE, address & -CommandField.BYTES);
            bench.port.write(Register.RING_TAIL, 1);
            bench.expect(ErrorCode.DECERR, 0, 0, CommandBench.BUDGET);
            bench.restart();
        }
        bench.recover();
    }

    private static Command rows(Opcode opcode, int rows) {
        return Command.of(opcode)
                .with(CommandField.ROWS, rows)
                .with(CommandField.ROW_WORDS, 5)
                .with(CommandField.SCRATCHPAD, Scratchpad.GRADIENT.ordinal())
                .build();
    }

    /** RESTART ends transfers of very many rows, all of them the same. */
    private static void abortedRows(CommandBench bench) {
        for (Opcode opcode : new Opcode[] {Opcode.LOAD, Opcode.STORE}) {
            for (int rows : new int[] {0xFFFFFF, 0x800000, 1}) {
                bench.push(rows(opcode, rows).words());
                bench.model.step(ROW_CYCLES);
                int busy = bench.port.read(Register.STATUS) & 1;
                ScenarioException.checkEqual(rows > 1 ? 1 : 0, busy, opcode + " of " + rows + " rows is under way");
                bench.restart();
            }
        }
        bench.recover();
    }

    /** On the first, on some and on the last beat of a command. */
    private static void ringErrors(CommandBench bench) {
        int index = 2;
        for (int offset : new int[] {0, 24, 60}) {
            List<Command> program = bench.program();
            long entry = bench.plan().layout().ring().address() + (long) index * CommandField.BYTES;
            bench.model.memory().errors(MemoryErrors.at(new Interval(entry + offset, 4)));
            bench.submit(program);
            bench.expect(ErrorCode.SLVERR, 0, index, CommandBench.BUDGET);
            bench.model.memory().errors(MemoryErrors.NONE);
            bench.restart();
        }
        bench.port.write(Register.RING_BASE, (int) bench.model.memory().place().bytes());
        bench.port.write(Register.RING_TAIL, 3);
        bench.expect(ErrorCode.DECERR, 0, 0, CommandBench.BUDGET);
        bench.recover();
    }

    private static void noAnswers(CommandBench bench) {
        bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        bench.submit(bench.program());
        bench.model.step(700);
        bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, SOON, SOON, 0, 16));
        bench.awaitError(ErrorCode.WATCHDOG, CommandBench.BUDGET);
        // What was asked for is answered some day, so that RESTART can end it.
        bench.recover();

        bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, SOON, NEVER, 16, 16));
        bench.submit(bench.program());
        bench.awaitError(ErrorCode.WATCHDOG, CommandBench.BUDGET);
        ScenarioException.checkEqual(5, bench.state(CommandQueue.STORE, "STATE"), "STORE's state");
        ScenarioException.checkEqual(
                Opcode.STORE.code(), bench.state(CommandQueue.STORE, "OPCODE"), "the opcode in the queue STORE");
        // RESTART would wait for the answers: only a reset helps.
        bench.reset();
    }

    /** RESTART while a STORE waits for its answers, at several moments of it. */
    private static void abortedWrites(CommandBench bench) {
        for (int wait = 0; wait < ABORTS; wait++) {
            bench.model.memory().timing(SLOW_ANSWERS);
            bench.submit(bench.program());
            for (int step = 0; bench.model.memory().statistics().writes() == 0; step++) {
                ScenarioException.check(step < MOST_STEPS, "no STORE ever writes");
                bench.model.step(STEP_CYCLES);
            }
            bench.model.step(1 + 3L * wait);
            bench.recover();
        }
    }

    /** The native core checks the protocol in every cycle. */
    private static void disturb(CommandBench bench) {
        SplittableRandom random = new SplittableRandom(11);
        for (int time = 0; time < RUNS; time++) {
            bench.model.memory().timing(time % 2 == 0 ? MemoryTiming.random(time) : SLOW_ANSWERS);
            bench.submit(bench.program());
            bench.model.step(1 + random.nextInt(6000));
            if (time % 2 == 0) {
                bench.recover();
            } else {
                bench.reset();
            }
            ScenarioException.checkEqual(0, bench.model.memory().statistics().reads(), "reads under way");
            ScenarioException.checkEqual(0, bench.model.memory().statistics().writes(), "writes under way");
        }
    }
}
