package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.cosim.simulation.Model;
import h2learn.host.CommandPort;
import h2learn.host.Driver.Counters;
import h2learn.host.MemoryAccess;
import h2learn.host.Ring;
import h2learn.host.plan.ProgramRunner;
import h2learn.model.machine.Machine;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs programs in a simulated accelerator with external memory and in the golden {@link Machine} at once. Step by step,
 * the words that each command wrote are compared as soon as it is done; at full speed, with all queues at work, all
 * that any command wrote is compared at the end. Nothing is copied from the machine into the accelerator.
 */
public final class ProgramLockStep implements ProgramRunner {
    private static final int OUTSTANDING = 8;
    private static final long RESET_CYCLES = 4;

    private final Model model;
    private final AcceleratorConfig config;
    private final ProgramOptions options;
    private final Machine machine;
    private final CommandPort port;
    private final Ring ring;
    private final WrittenWords written = new WrittenWords();
    private final WordComparison comparison;
    private Consumer<Command> before = command -> {};
    private Map<Engine, Counters> lastCounters = Map.of();
    private long lastOverlap;
    private long commands;

    /**
     * Resets the model, whose scratchpads must be 0 then, and opens the ring.
     *
     * @param machine of the model's configuration, with memory at least as large as the model's
     * @param ringBase byte address of the ring in external memory
     * @param ringEntriesLog2 logarithm of its length
     * @param repeat the command that a report offers to repeat the run
     */
    public ProgramLockStep(
            Model model, AcceleratorConfig config, Machine machine, long ringBase, int ringEntriesLog2, String repeat) {
        this(model, config, machine, ringBase, ProgramOptions.standard().withRingEntriesLog2(ringEntriesLog2), repeat);
    }

    /** The same with options, which say how {@link #run} runs programs too. */
    public ProgramLockStep(
            Model model,
            AcceleratorConfig config,
            Machine machine,
            long ringBase,
            ProgramOptions options,
            String repeat) {
        this.model = model;
        this.options = options;
        this.machine = machine;
        CosimTransport transport = new CosimTransport(model.bus());
        port = new CommandPort(transport);
        ring = new Ring(transport, new CosimMemory(model.memory()), ringBase, options.ringEntriesLog2());
        this.config = config;
        comparison = new WordComparison(model, new MemoryMap(config), machine, written, listener(), repeat);
        model.bus().outstanding(OUTSTANDING);
        reset();
        machine.listen(written);
    }

    /** Resets the accelerator, whatever it does, and opens the ring. */
    public void reset() {
        model.reset(RESET_CYCLES);
        port.restart();
        port.open(config);
        options.run().limit(port);
        ring.open();
        port.clearCounters();
    }

    private LockStepListener listener() {
        return options.run().listener();
    }

    /** Both external memories: writes go to both, what is read is the accelerator's. */
    public MemoryAccess memory() {
        return new MemoryAccess() {
            private final MemoryAccess simulated = new CosimMemory(model.memory());

            @Override
            public void write(long address, int[] data) {
                simulated.write(address, data);
                machine.external().write(address, data);
            }

            @Override
            public int[] read(long address, int count) {
                return simulated.read(address, count);
            }
        };
    }

    /** Writes words to both external memories. */
    @Override
    public void write(long address, int[] data) {
        memory().write(address, data);
    }

    /** Reads words of the accelerator's external memory. */
    @Override
    public int[] read(long address, int count) {
        return model.memory().read(address, count);
    }

    /** As {@link #stepByStep} or {@link #atFullSpeed} do, whichever the options say. */
    @Override
    public void run(List<Command> program) {
        if (options.stepByStep()) {
            stepByStep(program);
        } else {
            atFullSpeed(program);
        }
    }

    /** Runs the commands one after the other and compares what each wrote. Throws {@link ProgramMismatchException}. */
    public void stepByStep(List<Command> program) {
        for (Command command : program) {
            written.clear();
            before.accept(command);
            listener().command(command);
            machine.run(command);
            if (command.opcode() != Opcode.FENCE) {
                port.run(List.of(command));
                comparison.compare(command + " (command " + commands + ")", List.of(command), commands);
            }
            commands++;
        }
    }

    /**
     * Runs the program from the ring, all queues at work, and then compares all that it wrote.
     *
     * @return clock cycles from its submission to its end
     */
    public long atFullSpeed(List<Command> program) {
        written.clear();
        for (int index = 0; index < program.size(); index++) {
            Command command = program.get(index);
            before.accept(command);
            listener().command(command);
            written.command(index);
            machine.run(command);
        }
        long cycles = port.cycles();
        long overlap = port.overlap();
        ring.submit(program);
        port.awaitIdle();
        long ran = port.cycles() - cycles;
        lastOverlap = port.overlap() - overlap;
        lastCounters = port.counters();
        comparison.compare(
                "the whole program of " + program.size() + " commands (from command " + commands + ")",
                program,
                commands);
        commands += program.size();
        return ran;
    }

    /** Called with each command before the golden machine runs it. */
    public void beforeEach(Consumer<Command> listener) {
        before = listener;
    }

    /** Cycles of the latest {@link #atFullSpeed} in which FORWARD, BACKWARD and GRADIENT each ran a command. */
    public long lastOverlap() {
        return lastOverlap;
    }

    /** The counters at the end of the latest {@link #atFullSpeed}, since they were cleared. */
    public Map<Engine, Counters> lastCounters() {
        return lastCounters;
    }

    /** Aborts whatever runs, waits for the external memory's answers and opens the ring anew. */
    public void restart() {
        port.restart();
        port.awaitIdle();
        ring.open();
    }

    /** The accelerator's registers. */
    public CommandPort port() {
        return port;
    }

    /** The accelerator's command ring. */
    public Ring ring() {
        return ring;
    }

    /** 32-bit words compared so far. */
    public long comparedWords() {
        return comparison.words();
    }
}
