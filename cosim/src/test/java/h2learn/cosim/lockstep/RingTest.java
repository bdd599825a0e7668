package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.lockstep.FaultBench.Failure;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.host.CommandFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command ring wrapped and full, and programs that must not go on: each stops with its code within bounded time. */
class RingTest {
    private static final int WATCHDOG_CYCLES = 1000;
    private static final int RING_ENTRIES_LOG2 = 10;

    /** The ring is as good as always full, and goes round many times. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "2, true", "3, false", "4, false"})
    void wrapsAndFills(int entriesLog2, boolean slowMemory) {
        try (FaultBench bench = new FaultBench(entriesLog2)) {
            if (slowMemory) {
                bench.model.memory().timing(MemoryTiming.slow(entriesLog2));
            }
            int commands = bench.program().size();
            assertTrue(commands > 4 << entriesLog2, commands + " commands");
            bench.training.begin();
            bench.step();
            bench.step();
            assertTrue(bench.port.read(Register.RING_HEAD) > 2 * commands, "commands fetched");
        }
    }

    /** A tail as far ahead as the ring is long is a full ring; one more is an error. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 10})
    void tailTooFarAhead(int entriesLog2) {
        try (FaultBench bench = new FaultBench(entriesLog2)) {
            int entries = 1 << entriesLog2;
            bench.submit(Collections.nCopies(entries, CommandFactory.fence()));
            bench.port.awaitIdle();
            assertEquals(entries, bench.port.read(Register.RING_HEAD));
            assertEquals(entries, bench.port.read(Register.COMPLETED));
            bench.port.write(Register.RING_TAIL, 2 * entries + 1);
            assertEquals(new Failure(ErrorCode.RING, 0, entries), bench.awaitFailure());
            bench.assertStopped();
            bench.recover();
            bench.port.write(Register.RING_TAIL, -1);
            assertEquals(new Failure(ErrorCode.RING, 0, 0), bench.awaitFailure());
            bench.recover();
        }
    }

    /** Each queue waits for a token of each other queue that nobody gives. */
    @Test
    void starvedQueues() {
        try (FaultBench bench = new FaultBench(RING_ENTRIES_LOG2)) {
            List<Command> program = bench.program();
            for (CommandQueue starved : CommandQueue.values()) {
                int at = firstOf(program, starved);
                for (CommandQueue giver : CommandQueue.values()) {
                    bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
                    bench.submit(List.of(CommandFactory.fence(), program.get(at).withTokens(1 << giver.ordinal(), 0)));
                    long start = bench.model.cycle();
                    Failure failure = bench.awaitFailure(2 * WATCHDOG_CYCLES);
                    assertEquals(new Failure(ErrorCode.WATCHDOG, program.get(at).opcode(), 1), failure);
                    long cycles = bench.model.cycle() - start;
                    assertTrue(
                            cycles > WATCHDOG_CYCLES / 2 && cycles < WATCHDOG_CYCLES + 200,
                            cycles + " cycles until the watchdog fired");
                    assertEquals(3, bench.state(starved, "STATE"), starved + " waits for tokens");
                    assertEquals(1 << giver.ordinal(), bench.state(starved, "MISSING"), starved + " of " + giver);
                    bench.training.programs().restart();
                }
            }
            bench.recover();
        }
    }

    /** In the midst of a program one token is not given: the taker is named. */
    @Test
    void tokenNotGiven() {
        try (FaultBench bench = new FaultBench(RING_ENTRIES_LOG2)) {
            List<Command> program = new ArrayList<>(bench.program());
            int giver = 0;
            while (program.get(giver).opcode() != Opcode.LOAD
                    || !program.get(giver).gives(CommandQueue.FORWARD)) {
                giver++;
            }
            Command silent =
                    program.get(giver).withTokens((int) program.get(giver).get(CommandField.TAKE_TOKENS), 0);
            program.set(giver, silent);
            bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
            bench.submit(program);
            assertEquals(ErrorCode.WATCHDOG, bench.awaitFailure().code());
            assertEquals(3, bench.state(CommandQueue.FORWARD, "STATE"));
            assertEquals(1 << CommandQueue.LOAD.ordinal(), bench.state(CommandQueue.FORWARD, "MISSING"));
            bench.assertStopped();
            bench.recover();
        }
    }

    @Test
    void tooManyTokens() {
        try (FaultBench bench = new FaultBench(RING_ENTRIES_LOG2)) {
            Command giving = load(Scratchpad.LABEL.ordinal(), 1, 1).withTokens(0, 1 << CommandQueue.FORWARD.ordinal());
            bench.submit(Collections.nCopies(CommandQueue.MAXIMUM_TOKENS, giving));
            bench.port.awaitIdle();
            assertEquals(CommandQueue.MAXIMUM_TOKENS, bench.port.read(Register.COMPLETED));
            bench.submit(Collections.nCopies(3, giving));
            Failure failure = bench.awaitFailure();
            assertEquals(ErrorCode.TOKENS, failure.code());
            assertTrue(
                    failure.index() > CommandQueue.MAXIMUM_TOKENS && failure.index() <= CommandQueue.MAXIMUM_TOKENS + 3,
                    "index " + failure.index());
            bench.assertStopped();
            bench.recover();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 0x80, 0xFF})
    void unknownOpcodes(int opcode) {
        try (FaultBench bench = new FaultBench(RING_ENTRIES_LOG2)) {
            int[] words = CommandFactory.fence().words();
            CommandField.OPCODE.put(words, opcode);
            bench.port.run(List.of(CommandFactory.fence()));
            bench.model
                    .bus()
                    .batch()
                    .writeBlock(Register.COMMAND.offset(), words)
                    .run();
            assertEquals(new Failure(ErrorCode.UNKNOWN_OPCODE, opcode, 1), bench.awaitFailure());
            bench.assertStopped();
            bench.recover();

            List<Command> program = bench.program();
            int index = 20;
            long ring = bench.training.plan().layout().ring().address();
            bench.submit(program.subList(0, index));
            bench.model.memory().load(ring + (long) index * CommandField.BYTES, words);
            bench.port.write(Register.RING_TAIL, index + 1);
            assertEquals(new Failure(ErrorCode.UNKNOWN_OPCODE, opcode, index), bench.awaitFailure());
            bench.assertStopped();
            bench.recover();
        }
    }

    /** No rows, no words, an odd address, a scratchpad that is not there, one that is too small. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0, LABEL", "1, 0, 0, LABEL", "1, 1, 2, LABEL", "1, 1, 0, none", "1, 16777215, 0, LABEL"})
    void illegalLoads(int rows, int rowWords, int address, String scratchpad) {
        try (FaultBench bench = new FaultBench(RING_ENTRIES_LOG2)) {
            int pad = scratchpad.equals("none")
                    ? Scratchpad.values().length
                    : Scratchpad.valueOf(scratchpad).ordinal();
            Command illegal = Command.of(Opcode.LOAD)
                    .with(CommandField.ROWS, rows)
                    .with(CommandField.ROW_WORDS, rowWords)
                    .with(CommandField.MEMORY_LOW, address)
                    .with(CommandField.SCRATCHPAD, pad)
                    .build();
            List<Command> program = new ArrayList<>(bench.program());
            int index = firstOf(program, CommandQueue.BACKWARD);
            program.add(index, illegal);
            bench.submit(program.subList(0, index + 8));
            assertEquals(new Failure(ErrorCode.TRANSFER, Opcode.LOAD, index), bench.awaitFailure());
            bench.assertStopped();
            bench.recover();
        }
    }

    private static Command load(int scratchpad, int rows, int rowWords) {
        return Command.of(Opcode.LOAD)
                .with(CommandField.ROWS, rows)
                .with(CommandField.ROW_WORDS, rowWords)
                .with(CommandField.SCRATCHPAD, scratchpad)
                .build();
    }

    private static int firstOf(List<Command> program, CommandQueue queue) {
        for (int index = 0; index < program.size(); index++) {
            Opcode opcode = program.get(index).opcode();
            if (opcode != Opcode.FENCE && CommandQueue.of(opcode) == queue) {
                return index;
            }
        }
        throw new AssertionError("no command of " + queue);
    }
}
