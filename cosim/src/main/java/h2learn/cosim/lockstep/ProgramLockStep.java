package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.cosim.simulation.Batch;
import h2learn.cosim.simulation.MismatchException;
import h2learn.cosim.simulation.Model;
import h2learn.host.CommandPort;
import h2learn.host.Driver.Counters;
import h2learn.host.MemoryAccess;
import h2learn.host.Ring;
import h2learn.host.plan.ProgramRunner;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.model.machine.Space;
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
    private static final long WORD_BUDGET = 1_000_000;

    private final Model model;
    private final AcceleratorConfig config;
    private final ProgramOptions options;
    private final MemoryMap map;
    private final Machine machine;
    private final CommandPort port;
    private final Ring ring;
    private final WrittenWords written = new WrittenWords();
    private final String repeat;
    private Consumer<Command> before = command -> {};
    private Map<Engine, Counters> lastCounters = Map.of();
    private long lastOverlap;
    private long commands;
    private long words;

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
        this.repeat = repeat;
        map = new MemoryMap(config);
        CosimTransport transport = new CosimTransport(model.bus());
        port = new CommandPort(transport);
        ring = new Ring(transport, new CosimMemory(model.memory()), ringBase, options.ringEntriesLog2());
        this.config = config;
        model.bus().outstanding(OUTSTANDING);
        reset();
        machine.listen(written);
    }

    /** Resets the accelerator, whatever it does, and opens the ring. */
    public void reset() {
        model.reset(RESET_CYCLES);
        port.restart();
        port.open(config);
        options.limits().apply(port);
        ring.open();
        port.clearCounters();
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
            machine.run(command);
            if (command.opcode() != Opcode.FENCE) {
                port.run(List.of(command));
                compareWritten(command.toString());
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
        for (Command command : program) {
            before.accept(command);
            machine.run(command);
        }
        long cycles = port.cycles();
        long overlap = port.overlap();
        ring.submit(program);
        port.awaitIdle();
        long ran = port.cycles() - cycles;
        lastOverlap = port.overlap() - overlap;
        lastCounters = port.counters();
        compareWritten("the whole program of " + program.size() + " commands");
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

    private void compareWritten(String what) {
        for (WrittenWords.Run run : written.runs()) {
            if (run.space() == Space.MEMORY) {
                compareMemory(run, what);
            } else if (run.space() != Space.ACCUMULATOR && run.space() != Space.EMPTY_MARK) {
                compareScratchpad(Scratchpad.valueOf(run.space().name()), run, what);
            }
        }
    }

    private void compareMemory(WrittenWords.Run run, String what) {
        ExternalMemory expected = machine.external();
        int[] data = expected.read(4L * run.first(), run.count());
        words += data.length;
        int at = model.memory().compare(4L * run.first(), data);
        if (at >= 0) {
            long address = 4L * (run.first() + at);
            throw new ProgramMismatchException(
                    String.format(
                            "after %s (command %d) external memory holds 0x%08X at address 0x%X, the machine 0x%08X",
                            what, commands, model.memory().read(address, 1)[0], address, data[at]),
                    repeat);
        }
    }

    private void compareScratchpad(Scratchpad scratchpad, WrittenWords.Run run, String what) {
        MemoryMap.Window window = map.window(scratchpad);
        int[] data = machine.read(scratchpad, run.first(), run.count());
        words += data.length;
        try {
            Batch batch = model.bus().batch();
            batch.budget(WORD_BUDGET)
                    .compareBlock(window.address(run.first()), data, null, 4)
                    .run();
        } catch (MismatchException difference) {
            WordLayout layout = window.layout();
            int beat = (int) difference.index();
            throw new ProgramMismatchException(
                    String.format(
                            "after %s (command %d) beat %d of word %d of %s is 0x%08X, in the machine 0x%08X",
                            what,
                            commands,
                            beat % layout.beats(),
                            run.first() + beat / layout.beats(),
                            scratchpad,
                            (int) difference.got(),
                            data[beat]),
                    repeat);
        }
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
        return words;
    }
}
