package h2learn.cosim.train;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Engine;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Driver;
import h2learn.host.Placement;
import h2learn.host.TrainingSession;
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
import org.jspecify.annotations.Nullable;

/**
 * Trains in generated Verilog: every sum, spike, gradient and weight is computed by the simulated accelerator, which the
 * host only feeds with samples and commands. What the trainer reports is read back from the scratchpads. A simulation
 * belongs to one thread, so all calls, from whichever thread, are queued to it; the number of workers does not matter.
 */
public final class RtlEngine implements TrainingEngine, AutoCloseable {
    /** As many answers as the slave queues. */
    private static final int OUTSTANDING = 8;

    private static final long RESET_CYCLES = 4;

    /**
     * How an engine is run.
     *
     * @param repeat the command that the report of a difference offers; null to run without the golden model
     */
    public record Options(@Nullable String repeat) {
        /** The Verilog alone. */
        public static Options plain() {
            return new Options(null);
        }

        /**
         * The golden model beside it, every tensor of every step compared; the first difference ends the step in a
         * {@link h2learn.cosim.lockstep.LockStepException}.
         *
         * @param repeat the command that runs the same again
         */
        public static Options lockStep(String repeat) {
            return new Options(repeat);
        }
    }

    private final Placement placement;
    private final SimulationThread thread = new SimulationThread();
    private final Model model;
    private final @Nullable LockStep lockStep;
    private final TrainingSession session;
    private final ActivityReader reader;

    /** All on the simulation's thread. */
    private record Opened(Model model, @Nullable LockStep lockStep, TrainingSession session, ActivityReader reader) {}

    private RtlEngine(
            Placement placement,
            VerilatorBuild build,
            Path library,
            FixedModel golden,
            MasterWeights initial,
            int seed,
            Options options) {
        this.placement = placement;
        try {
            Opened opened = thread.call(() -> start(placement, build, library, golden, initial, seed, options));
            model = opened.model();
            lockStep = opened.lockStep();
            session = opened.session();
            reader = opened.reader();
        } catch (RuntimeException | Error failure) {
            thread.close();
            throw failure;
        }
    }

    private static Opened start(
            Placement placement,
            VerilatorBuild build,
            Path library,
            FixedModel golden,
            MasterWeights initial,
            int seed,
            Options options) {
        Model model = Model.open(
                build, library, ModelOptions.defaults().withBus("s_axi_").withSeed(seed));
        try {
            LockStep lockStep = null;
            TrainingSession session;
            if (options.repeat() != null) {
                lockStep = new LockStep(model, placement, golden, initial, seed, options.repeat());
                session = new TrainingSession(placement, lockStep.driver());
            } else {
                model.bus().outstanding(OUTSTANDING);
                model.reset(RESET_CYCLES);
                session = new TrainingSession(placement, new Driver(placement, new CosimTransport(model.bus())));
                session.open(initial);
            }
            return new Opened(model, lockStep, session, new ActivityReader(placement, session.driver(), golden));
        } catch (RuntimeException failure) {
            model.close();
            throw failure;
        }
    }

    /**
     * Generates the accelerator's Verilog, builds its simulation unless the cache has it, and loads the weights.
     *
     * @param initial weights; copied
     * @param seed for what memories and registers without a reset hold at power-up, at least 1; 0 for zeros
     * @throws h2learn.host.PlacementException when the network does not fit
     * @throws h2learn.config.InvalidInputException when the number formats cannot compute the network exactly
     * @throws h2learn.cosim.build.ToolMissingException when there is no Verilator or compiler
     */
    public static RtlEngine open(
            Network network, AcceleratorConfig config, MasterWeights initial, int seed, Options options) {
        Placement placement = Placement.of(network, config);
        FixedModel golden = new FixedModel(network, config.formats());
        VerilatorBuild build = VerilatorBuild.standard();
        Path library = build.model(ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)));
        return new RtlEngine(placement, build, library, golden, initial, seed, options);
    }

    @Override
    public Network network() {
        return placement.network();
    }

    /**
     * Throws {@link h2learn.host.TransportException} when the accelerator refuses a command or hangs, and in lock-step
     * {@link h2learn.cosim.lockstep.LockStepException} at the first difference.
     */
    @Override
    public Activity step(List<Sample> minibatch, double learningRate, Workers workers) {
        return thread.call(() -> {
            Activity activity = new Activity(network());
            if (lockStep != null) {
                lockStep.step(minibatch, learningRate, part -> reader.addPart(part, activity));
            } else {
                session.step(minibatch, learningRate, part -> reader.addPart(part, activity));
            }
            reader.addSaturations(activity);
            return activity;
        });
    }

    @Override
    public int predict(Sample sample) {
        return predict(List.of(sample)).get(0);
    }

    /** The class of each sample, in order: faster than one at a time, since a table then serves many samples. */
    public List<Integer> predict(List<Sample> samples) {
        return thread.call(() -> {
            List<Integer> classes = new ArrayList<>();
            for (List<Sample> part : placement.parts(samples)) {
                if (lockStep != null) {
                    lockStep.infer(part);
                } else {
                    session.infer(part);
                }
                for (int predicted : reader.predicted(part.size())) {
                    classes.add(predicted);
                }
            }
            return classes;
        });
    }

    /** The master copies as the accelerator holds them. */
    public MasterWeights master() {
        return thread.call(() -> session.driver().readMasters());
    }

    /** 32-bit words compared with the golden model so far; 0 without lock-step. */
    public long comparedWords() {
        return thread.call(() -> lockStep == null ? 0 : lockStep.comparedWords());
    }

    /** Clock cycles since the weights were loaded, those in which the host moved data too. */
    public long cycles() {
        return thread.call(() -> session.driver().cycles());
    }

    /** The accelerator's own counters since the weights were loaded. */
    public Map<Engine, Driver.Counters> counters() {
        return thread.call(() -> session.driver().counters());
    }

    /** Samples of one part: as many as the accelerator's memories hold at a time. */
    public int partSamples() {
        return placement.partSamples();
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
