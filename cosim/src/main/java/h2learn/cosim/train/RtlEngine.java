package h2learn.cosim.train;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Engine;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Driver;
import h2learn.host.Placement;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Activity;
import h2learn.model.train.TrainingEngine;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains in generated Verilog: every sum, spike, gradient and weight is computed by the simulated accelerator, which the
 * host only feeds with samples and commands. What the trainer reports is read back from the scratchpads or from external
 * memory; densities of tensors that come to neither are unknown. A simulation belongs to one thread, so all calls, from
 * whichever thread, are queued to it; the number of workers does not matter.
 */
public final class RtlEngine implements TrainingEngine, AutoCloseable {
    /**
     * How an engine is run.
     *
     * @param repeat the command that the report of a difference offers; null to run without the golden model
     * @param through which way tensors go; null to take {@link Through#of}
     */
    public record Options(@Nullable String repeat, @Nullable Through through) {
        /** The Verilog alone. */
        public static Options plain() {
            return new Options(null, null);
        }

        /**
         * The golden model beside it. Through the scratchpads every tensor of every step is compared, and the first
         * difference ends the step in a {@link h2learn.cosim.lockstep.LockStepException}; through external memory every
         * word that a program writes, and it is a {@link h2learn.cosim.lockstep.ProgramMismatchException}.
         *
         * @param repeat the command that runs the same again
         */
        public static Options lockStep(String repeat) {
            return new Options(repeat, null);
        }

        public Options withThrough(@Nullable Through way) {
            return new Options(repeat, way);
        }
    }

    private final Network network;
    private final @Nullable StepPlan plan;
    private final SimulationThread thread = new SimulationThread();
    private final Model model;
    private final SimulatedTraining training;

    /** All on the simulation's thread. */
    private record Opened(Model model, SimulatedTraining training) {}

    private RtlEngine(
            Network network,
            @Nullable StepPlan plan,
            VerilatorBuild build,
            Path library,
            ModelOptions options,
            Function<Model, SimulatedTraining> training) {
        this.network = network;
        this.plan = plan;
        try {
            Opened opened = thread.call(() -> start(build, library, options, training));
            model = opened.model();
            this.training = opened.training();
        } catch (RuntimeException | Error failure) {
            thread.close();
            throw failure;
        }
    }

    private static Opened start(
            VerilatorBuild build, Path library, ModelOptions options, Function<Model, SimulatedTraining> training) {
        Model model = Model.open(build, library, options);
        try {
            return new Opened(model, training.apply(model));
        } catch (RuntimeException failure) {
            model.close();
            throw failure;
        }
    }

    /**
     * Generates the accelerator's Verilog, builds its simulation unless the cache has it, and loads the weights.
     *
     * @param initial weights; copied
     * @param seed for what memories and registers without a reset hold at power-up, at least 1; 0 for zeros. In lock-step
     *     through external memory always zeros, with which the golden machine begins
     * @throws h2learn.host.PlacementException when the network does not fit
     * @throws h2learn.config.InvalidInputException when the number formats cannot compute the network exactly
     * @throws h2learn.cosim.build.ToolMissingException when there is no Verilator or compiler
     */
    public static RtlEngine open(
            Network network, AcceleratorConfig config, MasterWeights initial, int seed, Options options) {
        Through through = options.through() == null ? Through.of(network, config) : options.through();
        FixedModel golden = new FixedModel(network, config.formats());
        ModelOptions plain = ModelOptions.defaults().withBus("s_axi_");
        ModelOptions model;
        StepPlan plan = null;
        Function<Model, SimulatedTraining> training;
        if (through == Through.SCRATCHPADS) {
            Placement placement = Placement.of(network, config);
            model = plain.withSeed(seed);
            training = opened -> new ScratchpadTraining(opened, placement, golden, initial, seed, options.repeat());
        } else {
            StepPlan programs = Plans.of(network, config, network.training().minibatch(), Overlap.FULL);
            plan = programs;
            model = plain.withMemory(Simulated.memory(plan)).withSeed(options.repeat() == null ? seed : 0);
            training = opened -> new MemoryTraining(opened, programs, golden, initial, options.repeat());
        }
        VerilatorBuild build = VerilatorBuild.standard();
        Path library = build.model(ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)));
        return new RtlEngine(network, plan, build, library, model, training);
    }

    @Override
    public Network network() {
        return network;
    }

    /** How the network is trained {@linkplain Through#MEMORY through external memory}; empty through the scratchpads. */
    public Optional<StepPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /**
     * Throws {@link h2learn.host.TransportException} when the accelerator refuses a command or hangs, and in lock-step
     * what {@link Options#lockStep} says at the first difference.
     */
    @Override
    public Activity step(List<Sample> minibatch, double learningRate, Workers workers) {
        return thread.call(() -> training.step(minibatch, learningRate));
    }

    @Override
    public int predict(Sample sample) {
        return predict(List.of(sample)).get(0);
    }

    /** The class of each sample, in order: faster than one at a time, since a table then serves many samples. */
    public List<Integer> predict(List<Sample> samples) {
        return thread.call(() -> {
            List<Integer> classes = new ArrayList<>();
            int most = training.mostSamples();
            for (int from = 0; from < samples.size(); from += most) {
                for (int predicted : training.predict(samples.subList(from, Math.min(samples.size(), from + most)))) {
                    classes.add(predicted);
                }
            }
            return classes;
        });
    }

    /** The master copies as the accelerator holds them. */
    public MasterWeights master() {
        return thread.call(training::master);
    }

    /** 32-bit words compared with the golden model so far; 0 without lock-step. */
    public long comparedWords() {
        return thread.call(training::comparedWords);
    }

    /** Clock cycles since the weights were loaded, those in which the host moved data too. */
    public long cycles() {
        return thread.call(() -> training.port().cycles());
    }

    /** Of those, cycles in which the forward, backward and weight gradient engines each ran a command. */
    public long overlap() {
        return thread.call(() -> training.port().overlap());
    }

    /** The accelerator's own counters since the weights were loaded. */
    public Map<Engine, Driver.Counters> counters() {
        return thread.call(() -> training.port().counters());
    }

    /** Most samples that go through the accelerator at a time. */
    public int mostSamples() {
        return thread.call(training::mostSamples);
    }

    /** Ends the simulation. A second call does nothing. */
    @Override
    public void close() {
        if (!thread.isClosed()) {
            thread.call(() -> {
                model.close();
                return true;
            });
            thread.close();
        }
    }
}
