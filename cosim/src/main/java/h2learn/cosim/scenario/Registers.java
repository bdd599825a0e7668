package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.ConfigHash;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.cosim.simulation.Bus;
import h2learn.cosim.simulation.BusErrorException;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.MemoryTiming.Chances;
import h2learn.cosim.simulation.MemoryTiming.Latency;
import h2learn.host.CommandFactory;
import h2learn.host.plan.StepPlan;
import java.util.List;
import java.util.Map;

/** Every register: what it reads after a reset, what can be written, byte by byte, interrupts, and a full FIFO. */
record Registers(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int WATCHDOG_AFTER_RESET = 1 << 20;
    private static final long RESET_CYCLES = 4;
    private static final int[] PATTERNS = {-1, 0, 0x5A5A5A5A, 0xA5A5A5A5, 0x0F0F0F0F, 0x00FF00FF, 0x12345678};

    /** What can be written of each register that reads what was written; the rest reads 0. */
    private static final Map<Register, Integer> STORED = Map.of(
            Register.INTERRUPT_ENABLE, 3, Register.SCRATCH, -1, Register.RING_ENTRIES, 31, Register.WATCHDOG, -1);

    @Override
    public String name() {
        return "registers";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.model.reset(RESET_CYCLES);
            afterReset(bench);
            stored(bench);
            unmapped(bench);
            fifo(bench);
            interrupts(bench);
            bench.recover();
            cleared(bench);
        }
    }

    private static void afterReset(CommandBench bench) {
        AcceleratorConfig config = bench.config();
        ConfigHash hash = ConfigHash.of(config);
        reads(bench, Register.ID, Register.IDENTIFIER);
        reads(bench, Register.VERSION, Register.MAP_VERSION);
        reads(bench, Register.HASH_LOW, hash.lowWord());
        reads(bench, Register.HASH_HIGH, hash.highWord());
        reads(
                bench,
                Register.CAPABILITIES,
                field(Register.CAPABILITIES, "LANES", config.lanes())
                        | field(
                                Register.CAPABILITIES,
                                "LUT_INPUTS",
                                config.lut().inputs())
                        | field(
                                Register.CAPABILITIES,
                                "BACKWARD_LANES",
                                config.backward().lanes())
                        | field(Register.CAPABILITIES, "FIFO_DEPTH", Register.FIFO_DEPTH));
        Options options = config.options();
        reads(
                bench,
                Register.OPTIONS,
                flag("SOFT_RESET", options.softReset())
                        | flag("NO_RESET", options.noReset())
                        | flag("DETACH_RESET", options.detachReset())
                        | flag("TRIANGLE", options.triangle())
                        | flag("ALPHA_SHIFT", options.alpha() == Leak.SHIFT)
                        | flag("MOMENTUM", options.momentum())
                        | flag("WEIGHT_DECAY", options.weightDecay())
                        | flag("STOCHASTIC_ROUNDING", options.stochasticRounding()));
        reads(bench, Register.WATCHDOG, WATCHDOG_AFTER_RESET);
        for (Register register : Register.values()) {
            if (register.offset() > Register.OPTIONS.offset() && register != Register.WATCHDOG
                    || register.access() == Register.Access.READ_WRITE && register != Register.WATCHDOG
                    || List.of(Register.STATUS, Register.COMPLETED, Register.ERROR, Register.ERROR_INDEX)
                            .contains(register)) {
                for (int word = 0; word < register.count(); word++) {
                    if (register != Register.CYCLES) {
                        ScenarioException.checkEqual(
                                0,
                                bench.model.bus().read(register.offset(word)),
                                register + " word " + word + " after a reset");
                    }
                }
            }
        }
    }

    private static void reads(CommandBench bench, Register register, int expected) {
        ScenarioException.checkEqual(
                Integer.toUnsignedLong(expected), Integer.toUnsignedLong(bench.port.read(register)), register.name());
    }

    private static int field(Register register, String name, int value) {
        return value << register.field(name).low();
    }

    private static int flag(String name, boolean there) {
        return there ? 1 << Register.OPTIONS.field(name).low() : 0;
    }

    private static void stored(CommandBench bench) {
        STORED.forEach((register, mask) -> stored(bench, register.offset(), mask, register.name()));
        stored(bench, Register.RING_BASE.offset(0), -1, "RING_BASE");
        stored(bench, Register.RING_BASE.offset(1), -1, "RING_BASE, high word");
        // Only a tail that is the head does nothing; bytes that are not strobed must not change it.
        for (int pattern : PATTERNS) {
            bench.model
                    .bus()
                    .batch()
                    .write(Register.RING_TAIL.offset(), pattern, 0)
                    .run();
            reads(bench, Register.RING_TAIL, 0);
        }
        bench.port.write(Register.INTERRUPT_ENABLE, 0);
        bench.port.write(Register.WATCHDOG, WATCHDOG_AFTER_RESET);
        bench.restart();
    }

    /** Whole words, then bytes alone. */
    private static void stored(CommandBench bench, long address, int mask, String what) {
        Bus bus = bench.model.bus();
        int held = 0;
        for (int pattern : PATTERNS) {
            bus.write(address, pattern);
            held = pattern;
            ScenarioException.checkEqual(held & mask, bus.read(address), what);
            for (int strobes = 0; strobes < 16; strobes++) {
                int bytes = 0;
                for (int lane = 0; lane < 4; lane++) {
                    bytes |= (strobes >> lane & 1) != 0 ? 0xFF << 8 * lane : 0;
                }
                bus.batch().write(address, ~pattern, strobes).run();
                held = held & ~bytes | ~pattern & bytes;
                ScenarioException.checkEqual(held & mask, bus.read(address), what + " with strobes " + strobes);
            }
        }
    }

    /** Addresses of no register, and writes of what can only be read, answer SLVERR and change nothing. */
    private static void unmapped(CommandBench bench) {
        boolean[] readable = new boolean[MemoryMap.REGISTER_BYTES / 4];
        boolean[] writable = readable.clone();
        for (Register register : Register.values()) {
            for (int word = 0; word < register.count(); word++) {
                readable[register.offset(word) / 4] = true;
                writable[register.offset(word) / 4] = register.access() != Register.Access.READ;
            }
        }
        for (int word = 0; word < readable.length; word++) {
            long address = 4L * word;
            ScenarioException.check(
                    readable[word] == answers(bench, () -> bench.model.bus().read(address)),
                    "the answer to a read of address " + address + " is wrong");
            if (!writable[word]) {
                ScenarioException.check(
                        !answers(bench, () -> bench.model.bus().write(address, -1)),
                        "a write of address " + address + " is taken");
            }
        }
        reads(bench, Register.ID, Register.IDENTIFIER);
        reads(bench, Register.STATUS, 0);
        bench.restart();
    }

    private static boolean answers(CommandBench bench, Runnable access) {
        try {
            access.run();
            return true;
        } catch (BusErrorException refused) {
            return false;
        }
    }

    /** The first command never ends, so that the FIFO fills; one more is refused. */
    private static void fifo(CommandBench bench) {
        Latency never = new Latency(1_000_000_000, 0);
        bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, never, new Latency(1, 0), 16, 16));
        Command load = Command.of(Opcode.LOAD)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 1)
                .with(CommandField.SCRATCHPAD, 6)
                .build();
        int level = Register.STATUS.field("FIFO_LEVEL").low();
        int held = 1 + CommandQueue.DEPTH;
        for (int pushed = 0; pushed < held; pushed++) {
            bench.push(load.words());
        }
        bench.model.step(100);
        ScenarioException.checkEqual(
                CommandQueue.DEPTH, bench.state(CommandQueue.LOAD, "LEVEL"), "commands that wait in LOAD");
        ScenarioException.checkEqual(5, bench.state(CommandQueue.LOAD, "STATE"), "LOAD's state");
        for (int pushed = 0; pushed < Register.FIFO_DEPTH; pushed++) {
            ScenarioException.checkEqual(pushed, bench.port.read(Register.STATUS) >> level & 0xFF, "FIFO_LEVEL");
            bench.push(load.words());
        }
        int status = bench.port.read(Register.STATUS);
        int expected = 1
                | Register.FIFO_DEPTH << level
                | 1 << Register.STATUS.field("ENGINES").low() + Engine.LOAD.ordinal();
        ScenarioException.checkEqual(expected, status, "STATUS with a full FIFO");
        ScenarioException.check(!answers(bench, () -> bench.push(load.words())), "a full FIFO takes a command");
        ScenarioException.checkEqual(status, bench.port.read(Register.STATUS), "STATUS with a full FIFO");
        bench.reset();
    }

    private static void interrupts(CommandBench bench) {
        for (int enable = 0; enable < 4; enable++) {
            bench.port.write(Register.INTERRUPT_ENABLE, enable);
            bench.push(CommandFactory.fence().words());
            bench.awaitIdle();
            line(bench, enable & 1, "after a FENCE");
            reads(bench, Register.INTERRUPT_PENDING, Register.INTERRUPT_FENCE);
            bench.port.write(Register.INTERRUPT_PENDING, Register.INTERRUPT_ERROR);
            reads(bench, Register.INTERRUPT_PENDING, Register.INTERRUPT_FENCE);
            int[] unknown = CommandBench.changed(CommandFactory.fence(), CommandField.OPCODE, 13);
            bench.push(unknown);
            bench.model.step(100);
            reads(bench, Register.INTERRUPT_PENDING, 3);
            line(bench, enable == 0 ? 0 : 1, "after a FENCE and an error");
            bench.port.write(Register.INTERRUPT_PENDING, Register.INTERRUPT_FENCE);
            reads(bench, Register.INTERRUPT_PENDING, Register.INTERRUPT_ERROR);
            line(bench, enable >> 1, "after an error");
            bench.restart();
            reads(bench, Register.INTERRUPT_PENDING, 0);
        }
    }

    private static void line(CommandBench bench, int expected, String when) {
        bench.model.settle();
        ScenarioException.checkEqual(expected, bench.model.port("interrupt").get(), "the interrupt line " + when);
    }

    /** CLEAR_COUNTERS after a step that counted in all of them. */
    private static void cleared(CommandBench bench) {
        bench.port.clearCounters();
        bench.port
                .counters()
                .forEach((engine, counters) -> ScenarioException.check(
                        counters.busy() == 0
                                && counters.useful() == 0
                                && counters.items() == 0
                                && counters.skipped() == 0,
                        engine + "'s counters are not cleared: " + counters));
        for (int saturated : bench.port.saturations(Register.SATURATIONS.count())) {
            ScenarioException.checkEqual(0, saturated, "a saturation counter that was cleared");
        }
        long cycles = bench.port.cycles();
        ScenarioException.check(cycles > 0 && cycles < 5000, "CYCLES is " + cycles + " soon after it was cleared");
        bench.model.step(1000);
        long more = bench.port.cycles() - cycles;
        ScenarioException.check(more >= 1000 && more < 1100, "CYCLES counted " + more + " in a little over 1000");
        bench.port.clearCounters();
        ScenarioException.checkEqual(0, bench.port.overlap(), "OVERLAP that was cleared");
    }
}
