package h2learn.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.fixed.UpdateConstants;
import h2learn.model.fixed.UpdateState;
import h2learn.model.fixed.WeightGradients;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.IllegalCommandException;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import h2learn.network.Network.Pool;
import h2learn.network.NetworkReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The machine run from the schedule's commands against the golden model run from the layer table. */
class MachineTest {
    private static final int NETWORKS = 150;

    private final List<String> seen = new ArrayList<>();

    @Test
    void randomNetworksTrainAsInTheGoldenModel() {
        for (int seed = 0; seed < NETWORKS; seed++) {
            RandomNetworks draw = new RandomNetworks(seed);
            AcceleratorConfig config = draw.config();
            Network network = draw.network(config);
            new Run(network, config, "seed " + seed).train(draw.minibatch(network), draw.minibatch(network));
            note(network, config);
        }
        for (String wanted : List.of("pool", "no pool", "DUAL", "NONE", "SHIFT", "SOFT", "TRIANGLE", "STOCHASTIC")) {
            assertTrue(seen.contains(wanted), "never drawn: " + wanted);
        }
    }

    private void note(Network network, AcceleratorConfig config) {
        seen.add(network.layers().stream().anyMatch(Pool.class::isInstance) ? "pool" : "no pool");
        seen.add(config.backward().sparsity().name());
        seen.add(config.options().alpha().name());
        seen.add(network.neuron(0).reset().name());
        seen.add(network.neuron(0).surrogate().name());
        seen.add(network.training().rounding().name());
    }

    @Test
    void fashionMlpTrainsAsInTheGoldenModel() {
        Network network = new NetworkReader().read("fashion-mlp");
        List<Sample> samples = new ArrayList<>();
        Random random = new Random(1);
        for (int sample = 0; sample < 4; sample++) {
            int[] values = random.ints(network.input().values(), 0, 256).toArray();
            samples.add(new Sample(values, sample));
        }
        new Run(network, new ConfigReader().read("base"), "fashion-mlp").train(samples);
    }

    @Test
    void transfersMoveRowsOfWordsAsTheWindowsShowThem() {
        AcceleratorConfig config = new ConfigReader().read("tiny");
        Machine machine = new Machine(config, new ExternalMemory(1 << 16));
        int beats = new MemoryMap(config).window(Scratchpad.MASTER).layout().beats();
        int[] rows = new Random(3).ints(3L * 2 * beats).toArray();
        for (int row = 0; row < 3; row++) {
            int[] words = java.util.Arrays.copyOfRange(rows, row * 2 * beats, (row + 1) * 2 * beats);
            machine.external().write(0x100 + row * 0x40L, words);
        }
        Command.Builder transfer = Command.of(Opcode.LOAD)
                .with(CommandField.ROWS, 3)
                .with(CommandField.ROW_WORDS, 2)
                .with(CommandField.SCRATCHPAD, Scratchpad.MASTER.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, 5)
                .with(CommandField.SCRATCHPAD_STRIDE, 7)
                .with(CommandField.MEMORY_LOW, 0x100)
                .with(CommandField.MEMORY_STRIDE, 0x40);
        machine.run(transfer.build());
        for (int row = 0; row < 3; row++) {
            int[] words = java.util.Arrays.copyOfRange(rows, row * 2 * beats, (row + 1) * 2 * beats);
            assertArrayEquals(words, machine.read(Scratchpad.MASTER, 5 + 7 * row, 2));
        }
        Command store = Command.of(Opcode.STORE)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 2)
                .with(CommandField.SCRATCHPAD, Scratchpad.MASTER.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, 12)
                .with(CommandField.MEMORY_LOW, 0x2000)
                .build();
        machine.run(store);
        assertArrayEquals(machine.external().read(0x140, 2 * beats), machine.external().read(0x2000, 2 * beats));
    }

    @Test
    void refusesWhatTheAcceleratorRefuses() {
        AcceleratorConfig config = new ConfigReader().read("tiny");
        Machine machine = new Machine(config, new ExternalMemory(1 << 16));
        assertRefused(machine, ErrorCode.SAMPLES, point(Opcode.FORWARD).with(CommandField.SAMPLES, 0));
        assertRefused(machine, ErrorCode.STEPS, point(Opcode.NEURON).with(CommandField.STEPS, 255));
        assertRefused(machine, ErrorCode.PLANES, point(Opcode.FORWARD).with(CommandField.PLANES, 0));
        assertRefused(machine, ErrorCode.PLANES, point(Opcode.POOL).with(CommandField.OUTPUT_PLANES, 5));
        assertRefused(machine, ErrorCode.GEOMETRY, point(Opcode.BACKWARD).with(CommandField.STRIDE, 0));
        assertRefused(
                machine,
                ErrorCode.GEOMETRY,
                point(Opcode.POOL).with(CommandField.OUTPUT_PLANES, 1).with(CommandField.KERNEL_WIDTH, 4));
        assertRefused(
                machine,
                ErrorCode.POINTS,
                point(Opcode.LOSS).with(CommandField.OUTPUT_HEIGHT, 255).with(CommandField.OUTPUT_WIDTH, 255));
        assertRefused(machine, ErrorCode.TRANSFER, load().with(CommandField.ROWS, 0));
        assertRefused(machine, ErrorCode.TRANSFER, load().with(CommandField.MEMORY_LOW, 2));
        assertRefused(machine, ErrorCode.TRANSFER, load().with(CommandField.SCRATCHPAD, 99));
        assertRefused(machine, ErrorCode.TRANSFER, load().with(CommandField.SCRATCHPAD_WORD, (1 << 24) - 1));
        assertRefused(machine, ErrorCode.DECERR, load().with(CommandField.MEMORY_HIGH, 1));
    }

    private static void assertRefused(Machine machine, ErrorCode code, Command.Builder command) {
        Command built = command.build();
        assertEquals(code, assertThrows(IllegalCommandException.class, () -> machine.run(built)).code());
    }

    private static Command.Builder load() {
        return Command.of(Opcode.LOAD).with(CommandField.ROWS, 1).with(CommandField.ROW_WORDS, 1);
    }

    private static Command.Builder point(Opcode opcode) {
        Command.Builder command = Command.of(opcode)
                .with(CommandField.SAMPLES, 1)
                .with(CommandField.STEPS, 1)
                .with(CommandField.PLANES, 1);
        for (CommandField extent : List.of(
                CommandField.INPUT_HEIGHT,
                CommandField.INPUT_WIDTH,
                CommandField.OUTPUT_HEIGHT,
                CommandField.OUTPUT_WIDTH,
                CommandField.KERNEL_HEIGHT,
                CommandField.KERNEL_WIDTH,
                CommandField.STRIDE)) {
            command.with(extent, 2);
        }
        return command;
    }

    /** One network trained on both sides. */
    private static final class Run {
        private final Network network;
        private final String name;
        private final Placement placement;
        private final FixedModel golden;
        private final Schedule schedule;
        private final TensorImages images;
        private final MemoryMap map;
        private final Machine machine;
        private final MasterWeights master;
        private final UpdateState state;
        private final int[] saturations;

        Run(Network network, AcceleratorConfig config, String name) {
            this.network = network;
            this.name = name;
            placement = Placement.of(network, config);
            golden = new FixedModel(network, config.formats());
            schedule = new Schedule(placement, LayerConstants.of(network, config.formats()));
            images = new TensorImages(placement);
            map = new MemoryMap(config);
            machine = new Machine(config, new ExternalMemory(0));
            master = MasterWeights.initial(network, config.formats(), 5);
            state = new UpdateState(network);
            saturations = new int[placement.layers().size()];
        }

        @SafeVarargs
        final void train(List<Sample>... minibatches) {
            for (int layer = 0; layer < placement.layers().size(); layer++) {
                write(images.weights(Scratchpad.MASTER, layer, master.weight(layer), master.bias(layer)));
            }
            machine.run(schedule.copyWeights());
            for (List<Sample> minibatch : minibatches) {
                step(minibatch);
            }
        }

        private void step(List<Sample> minibatch) {
            EngineWeights weights = EngineWeights.of(master, golden.formats());
            WeightGradients gradients = new WeightGradients(network);
            for (List<Sample> part : placement.parts(minibatch)) {
                List<SampleTrace> traces = new ArrayList<>();
                for (Sample sample : part) {
                    traces.add(golden.run(weights, sample));
                    gradients.accumulate(traces.get(traces.size() - 1), sample);
                }
                write(images.input(part));
                write(images.labels(part));
                machine.run(schedule.part(part.size()));
                compare(traces);
            }
            for (Placement.Layer place : placement.layers()) {
                if (place.shape().weighted()) {
                    int layer = place.shape().index();
                    expect(
                            "dW",
                            images.weights(
                                    Scratchpad.WEIGHT_GRADIENT, layer, gradients.weight(layer), gradients.bias(layer)));
                    machine.run(schedule.update(
                            layer,
                            UpdateConstants.of(
                                    golden.constants(layer),
                                    network.training(),
                                    layer,
                                    0.5,
                                    minibatch.size(),
                                    state.updates())));
                }
            }
            golden.update(master, gradients, state, 0.5, minibatch.size());
            compareWeights();
        }

        private void compare(List<SampleTrace> traces) {
            for (Placement.Layer place : placement.layers()) {
                int layer = place.shape().index();
                trace("s", Scratchpad.SPIKE, layer, traces, trace -> widen(trace.spike()));
                trace("h", Scratchpad.WINDOW, layer, traces, trace -> widen(trace.window()));
                if (place.shape().weighted()) {
                    trace("u", Scratchpad.POTENTIAL, layer, traces, LayerTrace::potential);
                    trace("gu", Scratchpad.GRADIENT, layer, traces, LayerTrace::gradient);
                }
                traces.forEach(trace -> saturations[layer] += trace.layer(layer).saturations());
                assertEquals(saturations[layer], machine.saturations()[layer], name + ": saturations of layer " + layer);
            }
            int layer = 0;
            if (placement.layers().get(0).shape().staticInput()) {
                expect(
                        "sum of gu",
                        images.gradientSum(layer, traces.size(), sample -> traces.get(sample)
                                .layer(layer)
                                .gradientSum()));
            }
        }

        private void trace(
                String tensor,
                Scratchpad scratchpad,
                int layer,
                List<SampleTrace> traces,
                Function<LayerTrace, int[]> values) {
            expect(
                    tensor + " of layer " + layer,
                    images.trace(scratchpad, layer, traces.size(), sample -> values.apply(
                            traces.get(sample).layer(layer))));
        }

        private void compareWeights() {
            EngineWeights weights = EngineWeights.of(master, golden.formats());
            for (int layer = 0; layer < placement.layers().size(); layer++) {
                expect("W", images.weights(Scratchpad.MASTER, layer, master.weight(layer), master.bias(layer)));
                expect(
                        "W (backward)",
                        images.weights(
                                Scratchpad.BACKWARD_WEIGHT, layer, weights.weight(layer), weights.bias(layer)));
                expect("W (forward)", images.forwardWeights(layer, weights.weight(layer), weights.bias(layer)));
                if (network.training().momentum() > 0) {
                    expect("v", images.weights(Scratchpad.MOMENTUM, layer, state.weight(layer), state.bias(layer)));
                }
            }
        }

        private int firstWord(TensorImages.Image image) {
            MemoryMap.Window window = map.window(image.scratchpad());
            return (int) (image.address() - window.base()) / 4 / window.layout().beats();
        }

        private void write(TensorImages.Image image) {
            machine.write(image.scratchpad(), firstWord(image), image.beats());
        }

        private void expect(String tensor, TensorImages.Image image) {
            int beats = map.window(image.scratchpad()).layout().beats();
            int words = image.beats().length / beats;
            assertArrayEquals(
                    image.beats(),
                    machine.read(image.scratchpad(), firstWord(image), words),
                    () -> name + ": " + tensor + " of " + network);
        }

        private static int[] widen(byte[] bits) {
            int[] values = new int[bits.length];
            for (int index = 0; index < bits.length; index++) {
                values[index] = bits[index];
            }
            return values;
        }
    }
}
