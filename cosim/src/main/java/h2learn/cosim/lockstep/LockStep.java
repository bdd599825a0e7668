package h2learn.cosim.lockstep;

import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.Scratchpad;
import h2learn.cosim.lockstep.TensorComparison.Context;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.Driver;
import h2learn.host.Placement;
import h2learn.host.Schedule;
import h2learn.host.TensorImages;
import h2learn.host.TensorImages.Image;
import h2learn.host.Transport;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.fixed.UpdateConstants;
import h2learn.model.fixed.UpdateState;
import h2learn.model.fixed.WeightGradients;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Trains a network in a simulated accelerator and in the golden model at once and compares every tensor as soon as its
 * commands are done: s and h of each layer, u of those with neurons, ds, gu, dW, and after an update the master weights, both engines' copies
 * and the saturation counters. The accelerator computes from its own weights throughout; nothing is copied into it from
 * the golden model but the initial weights and the samples.
 */
public final class LockStep {
    /** As many answers as the slave queues. */
    private static final int OUTSTANDING = 8;

    private static final long RESET_CYCLES = 4;

    private final Placement placement;
    private final FixedModel golden;
    private final LockStepListener listener;
    private final Driver driver;
    private final Schedule schedule;
    private final TensorImages images;
    private final TensorComparison comparison;
    private final long seed;
    private final MasterWeights master;
    private final int[] saturations;
    private final UpdateState state;
    private EngineWeights weights;
    private long updates;

    /**
     * Resets the model, checks that it is the placed configuration's, and loads the weights.
     *
     * @param initial weights; copied
     * @param repeat the command that a report offers to repeat the run
     */
    public LockStep(
            Model model, Placement placement, FixedModel golden, MasterWeights initial, long seed, String repeat) {
        this(model, placement, golden, initial, seed, repeat, RunOptions.STANDARD);
    }

    /** The same with options. */
    public LockStep(
            Model model,
            Placement placement,
            FixedModel golden,
            MasterWeights initial,
            long seed,
            String repeat,
            RunOptions options) {
        this(
                model,
                placement,
                golden,
                schedule(placement, golden),
                new CosimTransport(model.bus()),
                initial,
                seed,
                repeat,
                options);
    }

    /** For tests that put a fault between the two sides: into the commands' constants or on the bus. */
    LockStep(
            Model model,
            Placement placement,
            FixedModel golden,
            Schedule schedule,
            Transport transport,
            MasterWeights initial,
            long seed,
            String repeat) {
        this(model, placement, golden, schedule, transport, initial, seed, repeat, RunOptions.STANDARD);
    }

    private LockStep(
            Model model,
            Placement placement,
            FixedModel golden,
            Schedule schedule,
            Transport transport,
            MasterWeights initial,
            long seed,
            String repeat,
            RunOptions options) {
        this.placement = placement;
        this.listener = options.listener();
        this.golden = golden;
        this.seed = seed;
        this.master = initial.copy();
        this.state = new UpdateState(placement.network());
        this.weights = EngineWeights.of(master, golden.formats());
        this.saturations = new int[placement.layers().size()];
        this.schedule = schedule;
        driver = new Driver(placement, transport);
        images = driver.images();
        comparison = new TensorComparison(model, placement, images, options.listener(), repeat);
        model.bus().outstanding(OUTSTANDING);
        model.reset(RESET_CYCLES);
        driver.open();
        options.limit(driver.port());
        driver.writeMasters(master);
        // Also clears dW and v: it finds whatever the memories held at power-up and multiplies it by 0.
        run(schedule.copyWeights());
        driver.clearCounters();
        compareWeights();
    }

    /** The commands of a placed network with the golden model's constants. */
    static Schedule schedule(Placement placement, FixedModel golden) {
        return new Schedule(placement, LayerConstants.of(placement.network(), golden.formats()));
    }

    /**
     * One update from one minibatch, compared at every tensor. Throws {@link LockStepException} at the first difference.
     *
     * @return the golden model's traces, one a sample
     */
    public List<SampleTrace> step(List<Sample> minibatch, double learningRate) {
        return step(minibatch, learningRate, part -> {});
    }

    /** The same; {@code partDone} is called while the accelerator still holds a part's tensors. */
    public List<SampleTrace> step(List<Sample> minibatch, double learningRate, Consumer<List<Sample>> partDone) {
        Network network = placement.network();
        WeightGradients gradients = new WeightGradients(network);
        List<SampleTrace> all = new ArrayList<>();
        for (List<Sample> part : placement.parts(minibatch)) {
            List<SampleTrace> traces = new ArrayList<>();
            for (Sample sample : part) {
                SampleTrace trace = golden.run(weights, sample);
                gradients.accumulate(trace, sample);
                traces.add(trace);
            }
            part(part, traces, all.size());
            partDone.accept(part);
            all.addAll(traces);
        }
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            Context context = new Context("WEIGHT_GRADIENT", "dW", layer, updates, 0, seed);
            comparison.compare(
                    images.weights(Scratchpad.WEIGHT_GRADIENT, layer, gradients.weight(layer), gradients.bias(layer)),
                    null,
                    context);
        }
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            if (isPool(layer)) {
                continue;
            }
            UpdateConstants constant = UpdateConstants.of(
                    golden.constants(layer),
                    network.training(),
                    layer,
                    learningRate,
                    minibatch.size(),
                    state.updates());
            run(List.of(schedule.update(layer, constant)));
        }
        golden.update(master, gradients, state, learningRate, minibatch.size());
        weights = EngineWeights.of(master, golden.formats());
        updates++;
        compareWeights();
        compareSaturations(all);
        return all;
    }

    /** The forward direction alone of at most one part, compared at every tensor. */
    public void infer(List<Sample> part) {
        forward(part, part.stream().map(sample -> golden.run(weights, sample)).toList(), 0);
    }

    private void part(List<Sample> samples, List<SampleTrace> traces, int firstSample) {
        int count = samples.size();
        int last = placement.layers().size() - 1;
        forward(samples, traces, firstSample);
        run(List.of(schedule.loss(count)));
        compareLoss(traces, firstSample);
        for (int layer = last; layer >= 0; layer--) {
            if (isPool(layer)) {
                run(List.of(schedule.backward(layer, count)));
                comparePoolBackward(layer, traces, firstSample);
                continue;
            }
            run(schedule.neuronBackward(layer, count));
            compareTrace(
                    Engine.NEURON_BACKWARD,
                    "gu",
                    Scratchpad.GRADIENT,
                    layer,
                    traces,
                    firstSample,
                    LayerTrace::gradient);
            if (placement.layers().get(layer).shape().staticInput()) {
                int index = layer;
                comparison.compare(
                        images.gradientSum(layer, count, sample -> traces.get(sample)
                                .layer(index)
                                .gradientSum()),
                        null,
                        context(Engine.NEURON_BACKWARD, "sum of gu", layer, firstSample));
            }
            run(schedule.weightGradient(layer, count));
            if (layer > 0) {
                run(List.of(schedule.backward(layer, count)));
                compareBackward(layer, traces, firstSample);
            }
        }
    }

    private void run(List<Command> commands) {
        commands.forEach(listener::command);
        driver.run(commands);
        comparison.ended();
    }

    private void forward(List<Sample> samples, List<SampleTrace> traces, int firstSample) {
        driver.writePart(samples);
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            run(schedule.forward(layer, samples.size()));
            Engine engine = isPool(layer) ? Engine.POOL : Engine.NEURON;
            if (!isPool(layer)) {
                compareTrace(engine, "u", Scratchpad.POTENTIAL, layer, traces, firstSample, LayerTrace::potential);
            }
            compareTrace(engine, "s", Scratchpad.SPIKE, layer, traces, firstSample, t -> widen(t.spike()));
            compareTrace(engine, "h", Scratchpad.WINDOW, layer, traces, firstSample, t -> widen(t.window()));
        }
    }

    private void compareTrace(
            Engine engine,
            String tensor,
            Scratchpad scratchpad,
            int layer,
            List<SampleTrace> traces,
            int firstSample,
            Function<LayerTrace, int[]> values) {
        Image image = images.trace(
                scratchpad,
                layer,
                traces.size(),
                sample -> values.apply(traces.get(sample).layer(layer)));
        comparison.compare(image, null, context(engine, tensor, layer, firstSample));
    }

    /** LOSS writes ds of every neuron and step, whatever its window. */
    private void compareLoss(List<SampleTrace> traces, int firstSample) {
        int last = placement.layers().size() - 1;
        int steps = placement.network().steps();
        Image image = images.trace(Scratchpad.SPIKE_GRADIENT, last, traces.size(), sample -> {
            int[] gradient = traces.get(sample).lossGradient();
            int[] repeated = new int[steps * gradient.length];
            for (int step = 0; step < steps; step++) {
                System.arraycopy(gradient, 0, repeated, step * gradient.length, gradient.length);
            }
            return repeated;
        });
        comparison.compare(image, null, context(Engine.LOSS, "ds", last, firstSample));
    }

    /** POOL_BACKWARD writes ds of every neuron and step: 0 where the window is closed. */
    private void comparePoolBackward(int layer, List<SampleTrace> traces, int firstSample) {
        compareTrace(
                Engine.POOL_BACKWARD,
                "ds",
                Scratchpad.SPIKE_GRADIENT,
                layer - 1,
                traces,
                firstSample,
                LayerTrace::dspike);
    }

    private boolean isPool(int layer) {
        return !placement.layers().get(layer).shape().weighted();
    }

    /** BACKWARD writes ds where the window is open and the point has a gradient; elsewhere nobody reads it. */
    private void compareBackward(int layer, List<SampleTrace> traces, int firstSample) {
        int below = layer - 1;
        Image image = images.trace(Scratchpad.SPIKE_GRADIENT, below, traces.size(), sample -> traces.get(sample)
                .layer(below)
                .dspike());
        boolean skipsPoints = placement.config().backward().sparsity().skipsInputs();
        Image masks = images.trace(Scratchpad.SPIKE_GRADIENT, below, traces.size(), sample -> {
            SampleTrace trace = traces.get(sample);
            return BackwardMask.of(
                    trace.layer(layer),
                    trace.layer(below),
                    placement.layers().get(layer).geometry(),
                    skipsPoints);
        });
        comparison.compare(image, masks.beats(), context(Engine.BACKWARD, "ds", below, firstSample));
    }

    private void compareWeights() {
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            Context context = new Context("UPDATE", "W (master)", layer, updates, 0, seed);
            comparison.compare(
                    images.weights(Scratchpad.MASTER, layer, master.weight(layer), master.bias(layer)), null, context);
            context = new Context("UPDATE", "W (backward copy)", layer, updates, 0, seed);
            comparison.compare(
                    images.weights(Scratchpad.BACKWARD_WEIGHT, layer, weights.weight(layer), weights.bias(layer)),
                    null,
                    context);
            context = new Context("UPDATE", "W (forward copy)", layer, updates, 0, seed);
            comparison.compare(images.forwardWeights(layer, weights.weight(layer), weights.bias(layer)), null, context);
            // Without momentum the golden model keeps no v; the accelerator's is that of this minibatch alone.
            if (placement.network().training().momentum() > 0) {
                context = new Context("UPDATE", "v", layer, updates, 0, seed);
                comparison.compare(
                        images.weights(Scratchpad.MOMENTUM, layer, state.weight(layer), state.bias(layer)),
                        null,
                        context);
            }
        }
    }

    private void compareSaturations(List<SampleTrace> traces) {
        for (int layer = 0; layer < saturations.length; layer++) {
            for (SampleTrace trace : traces) {
                saturations[layer] += trace.layer(layer).saturations();
            }
        }
        int[] counted = driver.saturations();
        for (int layer = 0; layer < saturations.length; layer++) {
            if (counted[layer] != saturations[layer]) {
                throw new LockStepException(
                        new Mismatch(
                                "NEURON_BACKWARD, BACKWARD, POOL_BACKWARD or LOSS",
                                "saturation counter",
                                layer,
                                updates - 1,
                                -1,
                                -1,
                                -1,
                                -1,
                                -1,
                                -1,
                                saturations[layer],
                                counted[layer],
                                driver.cycles(),
                                seed),
                        null,
                        comparison.endedIn(),
                        comparison.repeat());
            }
        }
    }

    private Context context(Engine engine, String tensor, int layer, int firstSample) {
        return new Context(engine.name(), tensor, layer, updates, firstSample, seed);
    }

    private static int[] widen(byte[] bits) {
        int[] values = new int[bits.length];
        for (int index = 0; index < bits.length; index++) {
            values[index] = bits[index];
        }
        return values;
    }

    /** The golden model's weights, which equal the accelerator's. */
    public MasterWeights master() {
        return master;
    }

    public Driver driver() {
        return driver;
    }

    /** 32-bit words compared so far. */
    public long comparedWords() {
        return comparison.words();
    }
}
