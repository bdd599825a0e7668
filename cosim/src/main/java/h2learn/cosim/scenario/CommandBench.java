package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.cosim.lockstep.ProgramLockStep;
import h2learn.cosim.lockstep.ProgramOptions;
import h2learn.cosim.lockstep.RunOptions;
import h2learn.cosim.simulation.MemoryErrors;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.host.plan.PlanMemory;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateConstants;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import java.util.List;

/**
 * An accelerator that trains a small network from its ring, is disturbed, and trains again: all that it writes is
 * compared with the golden machine. Nothing waits longer than a number of cycles.
 */
final class CommandBench implements AutoCloseable {
    /** A step takes some ten thousand cycles, with a slow memory a few hundred thousand. */
    static final long BUDGET = 2_000_000;

    private static final int WATCHDOG_CYCLES = 50_000;
    private static final int SAMPLES = 4;
    private static final int BUSY_BIT = 1 << Register.STATUS.field("BUSY").low();
    private static final int ERROR_BIT = 1 << Register.STATUS.field("ERROR").low();
    private static final int ENGINES = Register.STATUS.field("ENGINES").low();
    private static final int SETTLED_CYCLES = 300;

    private final StepPlan plan;
    private final Network network;
    private final AcceleratorConfig config;
    private final PlanMemory host;
    private final List<Sample> minibatch;
    private final Stage.Run run;
    final Model model;
    final Machine machine;
    final ProgramLockStep lockStep;
    final CommandPort port;

    /** @param ringEntriesLog2 logarithm of the ring's length */
    CommandBench(Stage stage, StepPlan plan, int ringEntriesLog2) {
        this.plan = plan;
        config = stage.config();
        network = plan.layout().placement().network();
        MemoryPlace place = Simulated.memory(plan);
        run = stage.open(Stage.options().withMemory(place));
        model = run.model();
        machine = new Machine(config, new ExternalMemory(place.bytes()));
        lockStep = new ProgramLockStep(
                model,
                config,
                machine,
                plan.layout().ring().address(),
                ProgramOptions.standard()
                        .withRingEntriesLog2(ringEntriesLog2)
                        .withRun(RunOptions.STANDARD.withCycleBudget(BUDGET).withWatchdogCycles(WATCHDOG_CYCLES)),
                "the same scenario");
        port = lockStep.port();
        host = new PlanMemory(plan.layout(), lockStep.memory());
        minibatch = SmallSamples.of(network, SAMPLES, 3);
    }

    StepPlan plan() {
        return plan;
    }

    AcceleratorConfig config() {
        return config;
    }

    /** The program of a step, whose samples are in memory. */
    List<Command> program() {
        return program(minibatch);
    }

    /** The same of other samples. */
    List<Command> program(List<Sample> samples) {
        host.writeMinibatch(samples);
        return plan.step(
                samples.size(),
                UpdateConstants.ofLayers(
                        LayerConstants.of(network, config.formats()),
                        network.training(),
                        network.training().learningRate(),
                        samples.size(),
                        0));
    }

    /** The weights into all memories, and one step, everything compared. */
    void train() {
        begin();
        lockStep.atFullSpeed(program());
        lockStep.atFullSpeed(plan.end());
    }

    void begin() {
        begin(MasterWeights.initial(network, config.formats(), 3));
    }

    void begin(MasterWeights master) {
        host.writeMasters(master);
        lockStep.atFullSpeed(plan.begin());
    }

    /** Hands the program to the ring and returns while it runs. */
    void submit(List<Command> program) {
        lockStep.ring().submit(program);
    }

    /** Writes a command's words to the COMMAND registers. */
    void push(int... words) {
        model.bus().batch().writeBlock(Register.COMMAND.offset(), words).run();
    }

    /** Waits until the accelerator stops, and checks why, that it raises the interrupt, and that it stays stopped. */
    void expect(ErrorCode code, int opcode, int index, long cycles) {
        port.write(Register.INTERRUPT_ENABLE, Register.INTERRUPT_ERROR);
        awaitError(code, cycles);
        int error = port.read(Register.ERROR);
        ScenarioException.checkEqual(code.code(), error & 0xFF, "the error code");
        ScenarioException.checkEqual(opcode, error >>> 8, "the opcode of the error");
        ScenarioException.checkEqual(index, port.read(Register.ERROR_INDEX), "the index of the error");
        ScenarioException.checkEqual(
                Register.INTERRUPT_ERROR,
                port.read(Register.INTERRUPT_PENDING) & Register.INTERRUPT_ERROR,
                "the pending interrupt of the error");
        model.settle();
        ScenarioException.checkEqual(1, model.port("interrupt").get(), "the interrupt line after an error");
        stopped();
    }

    /** Waits for an error of this code. */
    void awaitError(ErrorCode code, long cycles) {
        model.bus()
                .batch()
                .poll(Register.STATUS.offset(), ERROR_BIT, ERROR_BIT, cycles)
                .run();
        ScenarioException.checkEqual(code.code(), port.read(Register.ERROR) & 0xFF, "the error code");
    }

    /** Commands that ran end; then no queue does anything any more, whatever waits in it. */
    private void stopped() {
        model.bus()
                .batch()
                .poll(Register.STATUS.offset(), -1 << ENGINES, 0, BUDGET)
                .run();
        int completed = port.read(Register.COMPLETED);
        model.step(SETTLED_CYCLES);
        ScenarioException.checkEqual(completed, port.read(Register.COMPLETED), "COMPLETED after an error");
        ScenarioException.checkEqual(
                ERROR_BIT, port.read(Register.STATUS) & (ERROR_BIT | -1 << ENGINES), "STATUS after an error");
    }

    /** RESTART: no error is left, no interrupt, no command. */
    void restart() {
        lockStep.restart();
        port.write(Register.INTERRUPT_PENDING, -1);
        port.write(Register.INTERRUPT_ENABLE, 0);
        model.settle();
        ScenarioException.checkEqual(0, model.port("interrupt").get(), "the interrupt line after it was cleared");
        ScenarioException.checkEqual(0, port.read(Register.STATUS), "STATUS after RESTART");
        ScenarioException.checkEqual(0, port.read(Register.ERROR), "ERROR after RESTART");
        ScenarioException.checkEqual(0, port.read(Register.ERROR_INDEX), "ERROR_INDEX after RESTART");
        ScenarioException.checkEqual(0, port.read(Register.COMPLETED), "COMPLETED after RESTART");
        ScenarioException.checkEqual(0, port.read(Register.RING_HEAD), "RING_HEAD after RESTART");
    }

    /** RESTART, and a whole step bit by bit. */
    void recover() {
        model.memory().errors(MemoryErrors.NONE);
        model.memory().timing(MemoryTiming.FAST);
        restart();
        train();
        lockStep.restart();
    }

    /** A full reset, and a whole step bit by bit. */
    void reset() {
        model.memory().errors(MemoryErrors.NONE);
        model.memory().timing(MemoryTiming.FAST);
        lockStep.reset();
        ScenarioException.checkEqual(0, port.read(Register.STATUS), "STATUS after a reset");
        train();
        lockStep.restart();
    }

    /** Waits until nothing runs or waits. */
    void awaitIdle() {
        model.bus().batch().poll(Register.STATUS.offset(), BUSY_BIT, 0, BUDGET).run();
    }

    /** QUEUE_STATE's field of a queue. */
    int state(CommandQueue queue, String field) {
        int word = model.bus().read(Register.QUEUE_STATE.offset(queue.ordinal()));
        Register.Field found = Register.QUEUE_STATE.field(field);
        return word >> found.low() & (1 << found.bits()) - 1;
    }

    /** The first command of the program that runs in a queue. */
    static int firstOf(List<Command> program, CommandQueue queue) {
        for (int index = 0; index < program.size(); index++) {
            Opcode opcode = program.get(index).opcode();
            if (opcode != Opcode.FENCE && CommandQueue.of(opcode) == queue) {
                return index;
            }
        }
        throw new IllegalArgumentException("no command of " + queue);
    }

    /** The first command of the program with an opcode; -1 if there is none. */
    static int firstOf(List<Command> program, Opcode opcode) {
        for (int index = 0; index < program.size(); index++) {
            if (program.get(index).opcode() == opcode) {
                return index;
            }
        }
        return -1;
    }

    /** A command's words with one field changed. */
    static int[] changed(Command command, CommandField field, long value) {
        int[] words = command.words();
        field.put(words, value);
        return words;
    }

    @Override
    public void close() {
        run.close();
    }
}
