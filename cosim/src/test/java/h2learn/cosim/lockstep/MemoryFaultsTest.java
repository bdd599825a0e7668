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
import h2learn.cosim.simulation.MemoryErrors;
import h2learn.cosim.simulation.MemoryErrors.Interval;
import h2learn.cosim.simulation.MemoryStatistics;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.MemoryTiming.Chances;
import h2learn.cosim.simulation.MemoryTiming.Latency;
import h2learn.host.plan.MemoryLayout.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * External memory that is slow, answers with errors, or not at all, and RESTART and reset in mid-burst, while a program
 * runs on all queues: the right result, or the right error within bounded time; afterwards a whole step is bit-exact.
 */
class MemoryFaultsTest {
    private static final Latency NEVER = new Latency(1_000_000_000, 0);
    private static final Latency SOON = new Latency(1, 0);
    private static final MemoryTiming SLOW_ANSWERS =
            new MemoryTiming(1, Chances.uniform(60), new Latency(100, 200), new Latency(400, 400), 16, 16);
    private static final int WATCHDOG_CYCLES = 3000;

    private final FaultBench bench = new FaultBench(10);

    @BeforeEach
    void noError() {
        assertEquals(0, bench.port.read(Register.STATUS));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void slowFastAndRandomMemories(int seed) {
        bench.training.begin();
        bench.model
                .memory()
                .timing(
                        seed == 0
                                ? MemoryTiming.FAST
                                : seed == 1 ? MemoryTiming.slow(seed) : MemoryTiming.random(seed));
        bench.step();
        bench.step();
    }

    @Test
    void slaveErrorInLoad() {
        Region labels = bench.training.plan().layout().labels();
        List<Command> program = bench.program();
        bench.model.memory().errors(MemoryErrors.at(new Interval(labels.address(), 4)));
        int index = first(program, command -> touches(command, Opcode.LOAD, labels.address()));
        bench.submit(program);
        assertEquals(new Failure(ErrorCode.SLVERR, Opcode.LOAD, index), bench.awaitFailure());
        bench.assertStopped();
        bench.recover();
    }

    @Test
    void slaveErrorInStore() {
        Region spikes = bench.training.plan().layout().tensor(Scratchpad.SPIKE, 0);
        List<Command> program = bench.program();
        bench.model.memory().errors(MemoryErrors.at(new Interval(spikes.address(), 4)));
        int index = first(program, command -> touches(command, Opcode.STORE, spikes.address()));
        bench.submit(program);
        assertEquals(new Failure(ErrorCode.SLVERR, Opcode.STORE, index), bench.awaitFailure());
        bench.assertStopped();
        bench.recover();
    }

    /** Behind the memory's end. */
    @ParameterizedTest
    @ValueSource(strings = {"LOAD", "STORE"})
    void decodeError(Opcode opcode) {
        List<Command> program = new ArrayList<>(bench.program());
        int index = first(program, command -> command.opcode() == opcode);
        Command astray = withField(
                program.get(index),
                CommandField.MEMORY_LOW,
                bench.model.memory().place().bytes());
        program.set(index, astray);
        bench.submit(program);
        assertEquals(new Failure(ErrorCode.DECERR, opcode, index), bench.awaitFailure());
        bench.assertStopped();
        bench.recover();
    }

    /** The error is on the first, on some or on the last beat of the command. */
    @ParameterizedTest
    @ValueSource(ints = {0, 24, 60})
    void slaveErrorInRing(int offset) {
        int index = 9;
        Region ring = bench.training.plan().layout().ring();
        List<Command> program = bench.program();
        long address = ring.address() + (long) index * CommandField.BYTES + offset;
        bench.model.memory().errors(MemoryErrors.at(new Interval(address, 4)));
        bench.submit(program);
        assertEquals(new Failure(ErrorCode.SLVERR, 0, index), bench.awaitFailure());
        bench.assertStopped();
        bench.recover();
    }

    @Test
    void decodeErrorInRing() {
        bench.port.write(Register.RING_BASE, (int) bench.model.memory().place().bytes());
        bench.port.write(Register.RING_TAIL, 3);
        assertEquals(new Failure(ErrorCode.DECERR, 0, 0), bench.awaitFailure());
        bench.assertStopped();
        bench.recover();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void memoryThatTakesNoReads(boolean fromTheStart) {
        List<Command> program = bench.program();
        bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        if (fromTheStart) {
            noReads();
            bench.submit(program);
        } else {
            bench.submit(program);
            bench.run(2000);
            noReads();
        }
        assertEquals(ErrorCode.WATCHDOG, bench.awaitFailure(80_000).code());
        // What was asked for is answered some day, so that RESTART can end it.
        bench.recover();
    }

    private void noReads() {
        bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, SOON, SOON, 0, 16));
    }

    @Test
    void memoryThatNeverAnswersWrites() {
        List<Command> program = bench.program();
        bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, SOON, NEVER, 16, 16));
        bench.submit(program);
        assertEquals(ErrorCode.WATCHDOG, bench.awaitFailure(80_000).code());
        assertEquals(5, bench.state(CommandQueue.STORE, "STATE"), "STORE runs");
        assertEquals(Opcode.STORE.code(), bench.state(CommandQueue.STORE, "OPCODE"));
        // RESTART would wait for the answers: only a reset helps.
        bench.reset();
    }

    @Test
    void memoryThatNeverAnswersReads() {
        List<Command> program = bench.program();
        bench.port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        bench.submit(program.subList(0, 8));
        bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, NEVER, SOON, 16, 16));
        assertEquals(ErrorCode.WATCHDOG, bench.awaitFailure(80_000).code());
        bench.reset();
    }

    /** The native core checks the protocol in every cycle. */
    @Test
    void restartInMidBurst() {
        disturb(bench::recover);
    }

    @Test
    void resetInMidBurst() {
        disturb(bench::reset);
    }

    /** Stops a program at random points, at least some of them with reads and with writes under way. */
    private void disturb(Runnable stop) {
        SplittableRandom random = new SplittableRandom(11);
        int reads = 0;
        int writes = 0;
        for (int time = 0; time < 25; time++) {
            bench.model.memory().timing(time % 2 == 0 ? MemoryTiming.random(time) : SLOW_ANSWERS);
            bench.submit(bench.program());
            bench.run(1 + random.nextInt(time % 4 < 2 ? 3000 : 40_000));
            MemoryStatistics statistics = bench.model.memory().statistics();
            reads += statistics.reads() > 0 ? 1 : 0;
            writes += statistics.writes() > 0 ? 1 : 0;
            stop.run();
            assertEquals(0, bench.model.memory().statistics().reads(), "reads under way");
            assertEquals(0, bench.model.memory().statistics().writes(), "writes under way");
        }
        assertTrue(reads > 5 && writes > 2, reads + " times reads and " + writes + " times writes were under way");
    }

    private static int first(List<Command> program, Predicate<Command> wanted) {
        for (int index = 0; index < program.size(); index++) {
            if (wanted.test(program.get(index))) {
                return index;
            }
        }
        throw new AssertionError("no such command");
    }

    /** Whether the transfer's first row has the word at that address. */
    private static boolean touches(Command command, Opcode opcode, long address) {
        return command.opcode() == opcode && command.get(CommandField.MEMORY_LOW) == address;
    }

    private static Command withField(Command command, CommandField changed, long value) {
        Command.Builder builder = Command.of(command.opcode());
        for (CommandField field : List.of(
                CommandField.LAYER,
                CommandField.TAKE_TOKENS,
                CommandField.GIVE_TOKENS,
                CommandField.ROWS,
                CommandField.MEMORY_LOW,
                CommandField.MEMORY_HIGH,
                CommandField.SCRATCHPAD_WORD,
                CommandField.SCRATCHPAD,
                CommandField.SCRATCHPAD_STRIDE,
                CommandField.ROW_WORDS,
                CommandField.MEMORY_STRIDE)) {
            builder.with(field, field == changed ? value : command.get(field));
        }
        return builder.build();
    }
}
