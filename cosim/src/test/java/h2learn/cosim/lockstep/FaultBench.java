package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.cosim.simulation.MemoryErrors;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.SimulationException;
import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;

/**
 * The accelerator tiny training tiny-mlp, tiled, so that LOAD and STORE are always at work; disturbed by a test, and made
 * to train again. Nothing waits longer than a number of cycles.
 */
final class FaultBench implements AutoCloseable {
    static final int MINIBATCH = 4;

    /** A step takes about 40,000 cycles with a fast memory. */
    private static final long BUDGET = 400_000;

    private static final double LEARNING_RATE = 0.5;
    private static final int ERROR_BIT = 1 << Register.STATUS.field("ERROR").low();
    private static final int ENGINES = Register.STATUS.field("ENGINES").low();

    /** What the accelerator says that stopped it. */
    record Failure(ErrorCode code, int opcode, int index) {
        Failure(ErrorCode code, Opcode opcode, int index) {
            this(code, opcode.code(), index);
        }
    }

    private final Network network = new NetworkReader().read("tiny-mlp");
    final PlanTraining training;
    final Model model;
    final CommandPort port;
    private int samples;

    FaultBench(int ringEntriesLog2) {
        StepPlan plan = new TiledPlan(network, Accelerators.tiny(), MINIBATCH, Overlap.FULL);
        ProgramOptions options = ProgramOptions.standard()
                .withRingEntriesLog2(ringEntriesLog2)
                .withRun(RunOptions.STANDARD.withCycleBudget(BUDGET));
        training = new PlanTraining(plan, options, 3);
        model = training.model();
        port = training.programs().port();
        enableInterrupts();
        port.write(Register.INTERRUPT_PENDING, -1);
        // So that commands are counted from here on.
        training.programs().restart();
    }

    private void enableInterrupts() {
        port.write(Register.INTERRUPT_ENABLE, Register.INTERRUPT_ERROR);
    }

    List<Sample> minibatch() {
        return PlanSamples.of(network, samples % 128, MINIBATCH);
    }

    /** The program of the next step, whose samples are in memory. */
    List<Command> program() {
        return training.program(minibatch(), LEARNING_RATE);
    }

    /** Hands the program to the ring and returns while it runs. */
    void submit(List<Command> program) {
        training.programs().ring().submit(program);
    }

    /** Waits until the accelerator stops with an error, and checks that it stays stopped and raises the interrupt. */
    Failure awaitFailure() {
        return awaitFailure(BUDGET);
    }

    Failure awaitFailure(long cycles) {
        model.bus()
                .batch()
                .poll(Register.STATUS.offset(), ERROR_BIT, ERROR_BIT, cycles)
                .run();
        model.settle();
        assertEquals(1, model.port("interrupt").get(), "interrupt");
        assertEquals(Register.INTERRUPT_ERROR, port.read(Register.INTERRUPT_PENDING) & Register.INTERRUPT_ERROR);
        int error = port.read(Register.ERROR);
        int index = port.read(Register.ERROR_INDEX);
        return new Failure(code(error & 0xFF), error >> 8 & 0xFF, index);
    }

    /** Commands that ran end; then no queue does anything any more, whatever waits in it, and the error stays. */
    void assertStopped() {
        model.bus()
                .batch()
                .poll(Register.STATUS.offset(), -1 << ENGINES, 0, BUDGET)
                .run();
        int completed = port.read(Register.COMPLETED);
        int error = port.read(Register.ERROR);
        model.step(5000);
        assertEquals(completed, port.read(Register.COMPLETED), "commands completed after the error");
        assertEquals(error, port.read(Register.ERROR));
        assertEquals(ERROR_BIT, port.read(Register.STATUS) & (ERROR_BIT | -1 << ENGINES));
    }

    private static ErrorCode code(int number) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.code() == number) {
                return code;
            }
        }
        throw new AssertionError("no error code " + number);
    }

    /** QUEUE_STATE's field of a queue. */
    int state(CommandQueue queue, String field) {
        int word = model.bus().read(Register.QUEUE_STATE.offset(queue.ordinal()));
        Register.Field found = Register.QUEUE_STATE.field(field);
        return word >> found.low() & (1 << found.bits()) - 1;
    }

    /** RESTART, and a whole step bit by bit. */
    void recover() {
        model.memory().errors(MemoryErrors.NONE);
        model.memory().timing(MemoryTiming.FAST);
        training.programs().restart();
        port.write(Register.INTERRUPT_PENDING, -1);
        model.settle();
        assertEquals(0, model.port("interrupt").get(), "interrupt after it was cleared");
        assertEquals(0, port.read(Register.STATUS));
        assertEquals(0, port.read(Register.ERROR));
        trainAgain();
    }

    /** A full reset, and a whole step bit by bit. */
    void reset() {
        model.memory().errors(MemoryErrors.NONE);
        model.memory().timing(MemoryTiming.FAST);
        training.programs().reset();
        enableInterrupts();
        trainAgain();
    }

    private void trainAgain() {
        training.begin();
        step();
        training.programs().restart();
    }

    void step() {
        long before = training.programs().comparedWords();
        training.step(minibatch(), LEARNING_RATE);
        samples += MINIBATCH;
        assertTrue(training.programs().comparedWords() > before, "nothing was compared");
    }

    /** Runs some cycles of which a bus protocol violation would end the run in a {@link SimulationException}. */
    void run(long cycles) {
        model.step(cycles);
    }

    @Override
    public void close() {
        training.close();
    }
}
