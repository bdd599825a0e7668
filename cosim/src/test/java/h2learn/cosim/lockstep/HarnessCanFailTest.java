package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.Model;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Placement;
import h2learn.host.Schedule;
import h2learn.host.Transport;
import h2learn.host.TransportException;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Neuron;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong bit anywhere is caught: in each engine's Verilog, in the golden model, in the input and in the register map. */
class HarnessCanFailTest {
    private static final AcceleratorConfig CONFIG = Accelerators.tiny();
    private static final Network NETWORK = SmallNetworks.usual();
    private static final MasterWeights WEIGHTS = MasterWeights.initial(NETWORK, CONFIG.formats(), 4);

    /** Each file holds one engine's arithmetic; its first addition becomes a subtraction. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ForwardLane",
                "NeuronLane",
                "LossScale",
                "BackwardLane",
                "NeuronBackwardLane",
                "WeightGradientLane",
                "UpdateLane",
                "ForwardAccumulators",
                "WeightGradientMemoryAccumulators"
            })
    void wrongVerilog(String module) {
        SortedMap<String, String> verilog = new TreeMap<>(AcceleratorVerilog.of(CONFIG));
        String file = module + ".v";
        String right = verilog.get(file);
        String wrong = right.replaceFirst("\\$signed\\((\\w+)\\) \\+ \\$signed\\(", "\\$signed($1) - \\$signed(");
        assertTrue(!wrong.equals(right), file + " has no signed addition to damage");
        verilog.put(file, wrong);
        try (Model model = Accelerators.open(verilog, 1)) {
            assertThrows(LockStepException.class, () -> train(() -> lockStep(model)));
        }
    }

    @Test
    void wrongGoldenModel() {
        // The golden model's theta is one unit in the last place higher than the accelerator's.
        Neuron neuron = NETWORK.neuron();
        double unit = CONFIG.formats().potential().toReal(1);
        Network shifted = new Network(
                NETWORK.name(),
                NETWORK.description(),
                NETWORK.input(),
                NETWORK.steps(),
                new Neuron(neuron.alpha(), neuron.theta() + unit, neuron.window(), neuron.beta()),
                NETWORK.layers(),
                NETWORK.classes(),
                NETWORK.training());
        Placement placement = Placement.of(NETWORK, CONFIG);
        FixedModel right = new FixedModel(NETWORK, CONFIG.formats());
        FixedModel wrong = new FixedModel(shifted, CONFIG.formats());
        Schedule schedule = LockStep.schedule(placement, right);
        try (Model model = Accelerators.open(CONFIG, 1)) {
            Transport bus = new CosimTransport(model.bus());
            LockStepException failure = assertThrows(
                    LockStepException.class,
                    () -> train(() -> new LockStep(model, placement, wrong, schedule, bus, WEIGHTS, 4, "repeat")));
            assertEquals("NEURON", failure.mismatch().engine());
        }
    }

    /** A bit of one sample's input: the report names that sample, and what the golden model has there. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void wrongInput(int sample) {
        Placement.Layer place = Placement.of(NETWORK, CONFIG).layers().get(0);
        long input = new MemoryMap(CONFIG).window(Scratchpad.SPIKE).base();
        // Plane 6 of the first input block: its spikes weigh 64 / 256.
        int word = sample * place.shape().inputPlanes() * place.inputBlocks() + 6 * place.inputBlocks();
        try (Model model = Accelerators.open(CONFIG, 1)) {
            LockStepException failure = assertThrows(
                    LockStepException.class, () -> train(() -> through(model, new FlippedWrite(model, input, word))));
            Mismatch mismatch = failure.mismatch();
            assertEquals("NEURON", mismatch.engine());
            assertEquals("u", mismatch.tensor());
            assertEquals(0, mismatch.layer());
            assertEquals(sample, mismatch.sample());
            assertEquals(0, mismatch.step());
            FixedModel golden = new FixedModel(NETWORK, CONFIG.formats());
            LayerTrace trace = golden.run(
                            EngineWeights.of(WEIGHTS, CONFIG.formats()),
                            SmallNetworks.samples(NETWORK, 8, 0).get(sample))
                    .layer(0);
            assertEquals(trace.potential()[mismatch.channel()], mismatch.expected());
            assertNotEquals(mismatch.expected(), mismatch.got());
            assertTrue(mismatch.cycle() > 0);
            assertEquals(
                    "NEURON wrote a wrong u: layer 0, sample " + sample + ", step 0, channel " + mismatch.channel()
                            + ": expected " + mismatch.expected() + ", got " + mismatch.got() + " (update 0, cycle "
                            + mismatch.cycle() + ", seed 4)\nrepeat it with: repeat",
                    failure.getMessage());
        }
    }

    @Test
    void wrongLabel() {
        long labels = new MemoryMap(CONFIG).window(Scratchpad.LABEL).base();
        try (Model model = Accelerators.open(CONFIG, 1)) {
            LockStepException failure = assertThrows(
                    LockStepException.class, () -> train(() -> through(model, new FlippedWrite(model, labels, 2))));
            assertEquals("LOSS", failure.mismatch().engine());
            assertEquals(2, failure.mismatch().sample());
        }
    }

    @Test
    void wrongWeight() {
        long master = new MemoryMap(CONFIG).window(Scratchpad.MASTER).base();
        try (Model model = Accelerators.open(CONFIG, 1)) {
            LockStepException failure =
                    assertThrows(LockStepException.class, () -> through(model, new FlippedWrite(model, master, 3)));
            assertEquals("W (master)", failure.mismatch().tensor());
        }
    }

    @Test
    void wrongRegisterMap() {
        AcceleratorConfig other = new AcceleratorConfig(
                "other",
                CONFIG.description(),
                CONFIG.lanes(),
                CONFIG.lut(),
                CONFIG.forward(),
                CONFIG.backward(),
                CONFIG.formats(),
                CONFIG.limits(),
                CONFIG.memories(),
                CONFIG.target());
        try (Model model = Accelerators.open(other, 1)) {
            TransportException failure = assertThrows(TransportException.class, () -> lockStep(model));
            assertTrue(failure.getMessage().contains("another configuration"), failure.getMessage());
        }
        try (Model model = Accelerators.open(CONFIG, 1)) {
            Transport shifted = new ShiftedRegisters(model);
            assertThrows(TransportException.class, () -> through(model, shifted));
        }
    }

    @Test
    void rightOneForComparison() {
        try (Model model = Accelerators.open(CONFIG, 1)) {
            train(() -> lockStep(model));
        }
    }

    private static LockStep lockStep(Model model) {
        return through(model, new CosimTransport(model.bus()));
    }

    private static LockStep through(Model model, Transport transport) {
        Placement placement = Placement.of(NETWORK, CONFIG);
        FixedModel golden = new FixedModel(NETWORK, CONFIG.formats());
        return new LockStep(
                model, placement, golden, LockStep.schedule(placement, golden), transport, WEIGHTS, 4, "repeat");
    }

    private static void train(Supplier<LockStep> open) {
        LockStep lockStep = open.get();
        for (int step = 0; step < 4; step++) {
            lockStep.step(SmallNetworks.samples(NETWORK, 8, step), 0.5);
        }
    }

    /** Flips one bit of what is written to an address. */
    private static final class FlippedWrite extends Wrapped {
        private final long address;
        private final int word;

        FlippedWrite(Model model, long address, int word) {
            super(model);
            this.address = address;
            this.word = word;
        }

        @Override
        public void write(long to, int[] words) {
            int[] changed = words.clone();
            if (to == address) {
                changed[word] ^= 1;
            }
            super.write(to, changed);
        }
    }

    /** A driver whose register map is one word off. */
    private static final class ShiftedRegisters extends Wrapped {
        ShiftedRegisters(Model model) {
            super(model);
        }

        @Override
        public int[] read(long from, int count) {
            return super.read(from < MemoryMap.REGISTER_BYTES ? from + Register.VERSION.offset() : from, count);
        }
    }

    private static class Wrapped implements Transport {
        private final Transport bus;

        Wrapped(Model model) {
            bus = new CosimTransport(model.bus());
        }

        @Override
        public void write(long address, int[] words) {
            bus.write(address, words);
        }

        @Override
        public void writeEach(long[] addresses, int[] words) {
            bus.writeEach(addresses, words);
        }

        @Override
        public int[] read(long address, int count) {
            return bus.read(address, count);
        }

        @Override
        public int poll(long address, int mask, int value, long cycleBudget) {
            return bus.poll(address, mask, value, cycleBudget);
        }
    }
}
