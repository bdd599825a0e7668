package h2learn.host.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.MemoryAccess;
import h2learn.host.TensorImages;
import h2learn.host.program.AnyOrder;
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
import h2learn.model.machine.Machine;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A plan's programs on the golden machine, beside the golden model: both must agree bit by bit after every step. */
final class PlanRun {
    private final Network network;
    private final AcceleratorConfig config;
    private final StepPlan plan;
    private final FixedModel model;
    private final MasterWeights master;
    private final UpdateState state;
    private final Machine machine;
    private final ExternalMemory memory;
    private final PlanMemory host;
    private final TensorImages images;
    private final Random random;
    private final List<Command> programs = new ArrayList<>();

    PlanRun(Network network, AcceleratorConfig config, StepPlan plan, long seed) {
        this.network = network;
        this.config = config;
        this.plan = plan;
        model = new FixedModel(network, config.formats());
        master = MasterWeights.initial(network, config.formats(), seed);
        state = new UpdateState(network);
        memory = new ExternalMemory(plan.layout().bytes());
        machine = new Machine(config, memory);
        images = new TensorImages(plan.layout().placement());
        random = new Random(seed);
        powerUp();
        host = new PlanMemory(plan.layout(), new MachineMemory(memory));
        host.writeMasters(master);
        run(plan.begin());
    }

    private void run(List<Command> program) {
        programs.addAll(program);
        machine.run(AnyOrder.of(program, random));
    }

    /** dW and v hold anything when the power comes up. */
    private void powerUp() {
        int[] anything =
                random.ints((long) config.masterWords() * config.lanes()).toArray();
        machine.write(Scratchpad.WEIGHT_GRADIENT, 0, anything);
        if (config.options().momentum()) {
            machine.write(Scratchpad.MOMENTUM, 0, anything);
        }
    }

    /** Trains both and compares what lies in external memory then: traces, as far as the plan keeps them, and masters. */
    List<SampleTrace> step(List<Sample> minibatch, double learningRate) {
        host.writeMinibatch(minibatch);
        run(plan.step(
                minibatch.size(),
                UpdateConstants.ofLayers(
                        LayerConstants.of(network, config.formats()),
                        network.training(),
                        learningRate,
                        minibatch.size(),
                        state.updates())));
        EngineWeights weights = EngineWeights.of(master, model.formats());
        WeightGradients gradients = new WeightGradients(network);
        List<SampleTrace> traces = new ArrayList<>();
        for (Sample sample : minibatch) {
            SampleTrace trace = model.run(weights, sample);
            gradients.accumulate(trace, sample);
            traces.add(trace);
        }
        model.update(master, gradients, state, learningRate, minibatch.size());
        run(plan.end());
        compareTraces(traces);
        assertTrue(plan.layout().has(Scratchpad.SPIKE, master.layers() - 1), "the last layer's spikes are not kept");
        compareMasters();
        return traces;
    }

    /** Between two steps, of which neither notices it. */
    void infer(List<Sample> samples) {
        memory.write(plan.layout().input().address(), images.input(samples).beats());
        run(plan.infer(samples.size()));
        EngineWeights weights = EngineWeights.of(master, model.formats());
        List<SampleTrace> traces =
                samples.stream().map(sample -> model.run(weights, sample)).toList();
        compare(Scratchpad.SPIKE, master.layers() - 1, traces, trace -> ints(trace.spike()));
    }

    /** That nothing is wrong with all programs so far, one behind the other. */
    void check() {
        assertEquals(List.of(), PlanCheck.checker(plan).problems(programs), network.name());
    }

    private void compareMasters() {
        MasterWeights trained = host.readMasters();
        for (int layer = 0; layer < master.layers(); layer++) {
            assertArrayEquals(
                    master.weight(layer), trained.weight(layer), network.name() + ": weights of layer " + layer);
            assertArrayEquals(master.bias(layer), trained.bias(layer), network.name() + ": biases of layer " + layer);
        }
    }

    private record MachineMemory(ExternalMemory memory) implements MemoryAccess {
        @Override
        public void write(long address, int[] words) {
            memory.write(address, words);
        }

        @Override
        public int[] read(long address, int count) {
            return memory.read(address, count);
        }
    }

    private void compareTraces(List<SampleTrace> traces) {
        for (LayerShape shape : network.shapes()) {
            int layer = shape.index();
            compare(Scratchpad.SPIKE, layer, traces, trace -> ints(trace.spike()));
            compare(Scratchpad.WINDOW, layer, traces, trace -> ints(trace.window()));
            if (shape.weighted()) {
                compare(Scratchpad.POTENTIAL, layer, traces, LayerTrace::potential);
                compare(Scratchpad.GRADIENT, layer, traces, LayerTrace::gradient);
            }
        }
    }

    private void compare(
            Scratchpad scratchpad, int layer, List<SampleTrace> traces, Function<LayerTrace, int[]> values) {
        if (plan.layout().has(scratchpad, layer)) {
            TensorImages.Image image = images.trace(
                    scratchpad,
                    layer,
                    traces.size(),
                    sample -> values.apply(traces.get(sample).layer(layer)));
            int[] beats = memory.read(plan.layout().tensor(scratchpad, layer).address(), image.beats().length);
            assertArrayEquals(image.beats(), beats, network.name() + ": " + scratchpad + " of layer " + layer);
        }
    }

    /** Values of gu and ds that were clipped count once, however a layer is cut up. */
    void compareSaturations(List<SampleTrace> traces) {
        for (LayerShape shape : network.shapes()) {
            int layer = shape.index();
            int expected = traces.stream()
                    .mapToInt(trace -> trace.layer(layer).saturations())
                    .sum();
            if (shape.weighted()) {
                assertEquals(
                        expected, machine.saturations()[layer], network.name() + ": saturations of layer " + layer);
            }
        }
    }

    private static int[] ints(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(index -> bytes[index]).toArray();
    }
}
