package h2learn.cosim.cases;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigCheck;
import h2learn.config.InvalidInputException;
import h2learn.cosim.build.BuildFailedException;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Kind;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.lockstep.LockStepException;
import h2learn.cosim.lockstep.Mismatch;
import h2learn.cosim.lockstep.PlanLockStep;
import h2learn.cosim.lockstep.ProgramMismatchException;
import h2learn.cosim.lockstep.ProgramOptions;
import h2learn.cosim.lockstep.RunOptions;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.simulation.SimulationException;
import h2learn.cosim.simulation.SimulationTimeoutException;
import h2learn.cosim.simulation.Stalls;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.TransportException;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.PipelinedPlan;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs a case: builds its Verilog, and trains in it and in the golden model at once. */
public final class CaseRun {
    /** Cycles without any progress after which the accelerator stops. */
    public static final int WATCHDOG_CYCLES = 50_000;

    private static final RunOptions OPTIONS =
            RunOptions.STANDARD.withCycleBudget(20_000_000).withWatchdogCycles(WATCHDOG_CYCLES);

    /** The slowest master of the AXI4-Lite bus holds back in so many of 256 cycles. */
    private static final int MOST_STALLS = 160;

    /** A ring that holds this many commands lets every draw of its length matter to the order of events. */
    private static final int MOST_RING_ENTRIES_LOG2 = 10;

    private final Case run;
    private final AcceleratorConfig config;
    private final Network network;
    private final CaseProbe probe;
    private final String repeat;

    private CaseRun(Case run, CaseProbe probe, String repeat) {
        this.run = run;
        this.probe = probe;
        this.repeat = repeat;
        config = run.config();
        network = run.network();
    }

    /**
     * Runs a case.
     *
     * @param artefacts folder that gets the case's file when it fails; made if needed, or null for none
     * @return a failure too is a result
     * @throws InvalidInputException when there is nothing to run: the network does not suit the config, or the text of an
     *     edit does not occur
     * @throws h2learn.host.PlacementException when the network does not fit
     * @throws h2learn.cosim.build.ToolMissingException when there is no Verilator or compiler
     */
    public static CaseResult run(Case run, @Nullable Path artefacts) {
        CaseResult result = run(run, CaseProbe.NONE, "h2learn regress replay " + FILE);
        if (artefacts != null && result instanceof Failed) {
            try {
                Files.createDirectories(artefacts);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            CaseFile.write(artefacts.resolve(FILE), run);
        }
        return result;
    }

    /** Name of a case's file in a folder of artefacts. */
    public static final String FILE = "case.yaml";

    /**
     * The same with a probe.
     *
     * @param repeat the command that a report offers to repeat the run
     */
    public static CaseResult run(Case run, CaseProbe probe, String repeat) {
        check(run);
        return new CaseRun(run, probe, repeat).run();
    }

    /** Throws as {@link #run(Case, Path)} does when there is nothing to run; a missing tool is not noticed. */
    public static void check(Case run) {
        List<String> problems = new ArrayList<>(ConfigCheck.problems(run.config()));
        if (problems.isEmpty()) {
            problems.addAll(NetworkCheck.problems(run.network(), run.config()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems.stream()
                    .map(problem -> "case " + run.id() + ": " + problem)
                    .toList());
        }
        if (run.plan() == Plan.SCRATCHPADS) {
            Placement.of(run.network(), run.config());
        } else {
            plan(run);
        }
        if (!run.edits().isEmpty()) {
            CaseVerilog.files(run);
        }
    }

    private static StepPlan plan(Case run) {
        // as in training, where the last minibatch of an epoch may have fewer samples than the plan is for
        int minibatch = Math.max(run.samples(), run.network().training().minibatch());
        return run.plan() == Plan.PIPELINED
                ? PipelinedPlan.of(run.network(), run.config(), minibatch, Overlap.FULL)
                : new TiledPlan(run.network(), run.config(), minibatch, Overlap.FULL);
    }

    private CaseResult run() {
        VerilatorBuild build = VerilatorBuild.standard();
        if (run.plan() == Plan.SCRATCHPADS) {
            Placement placement = Placement.of(network, config);
            return open(build, options().withSeed(powerUp()), model -> throughScratchpads(model, placement));
        }
        StepPlan plan = plan(run);
        return open(build, options().withMemory(Simulated.memory(plan)), model -> throughMemory(model, plan));
    }

    private static ModelOptions options() {
        return ModelOptions.defaults().withBus("s_axi_");
    }

    /** A seed of initial values, which is at least 1. */
    private int powerUp() {
        return 1 + new Random(run.seed()).nextInt(1 << 30);
    }

    private interface Training {
        /** Gives the number of words compared. */
        long train(Model model);
    }

    private CaseResult open(VerilatorBuild build, ModelOptions options, Training training) {
        Path library;
        try {
            library = CaseVerilog.library(run, build, probe.trace());
        } catch (BuildFailedException refused) {
            return failed(Kind.BUILD, refused);
        }
        try (Model model = Model.open(build, library, options)) {
            probe.opened(model);
            try {
                time(model);
                long words = training.train(model);
                return new Passed(words, model.cycle());
            } catch (LockStepException | ProgramMismatchException | TransportException | SimulationException failure) {
                CaseResult result = failed(kind(failure), failure);
                probe.failed(model, failure);
                return result;
            }
        }
    }

    private static Kind kind(RuntimeException failure) {
        if (failure instanceof LockStepException || failure instanceof ProgramMismatchException) {
            return Kind.MISMATCH;
        }
        Throwable cause =
                failure instanceof TransportException && failure.getCause() != null ? failure.getCause() : failure;
        boolean ended = cause instanceof SimulationException && !(cause instanceof SimulationTimeoutException);
        return ended ? Kind.SIMULATION : Kind.STOPPED;
    }

    private static Failed failed(Kind kind, RuntimeException failure) {
        Mismatch mismatch = null;
        if (failure instanceof LockStepException differs) {
            mismatch = differs.mismatch();
        } else if (failure instanceof ProgramMismatchException differs) {
            mismatch = differs.mismatch();
        }
        return new Failed(kind, String.valueOf(failure.getMessage()), mismatch);
    }

    private void time(Model model) {
        boolean memory = run.plan() != Plan.SCRATCHPADS;
        switch (run.timing()) {
            case FAST -> {}
            case RANDOM -> {
                model.bus().stalls(Stalls.uniform(run.seed(), new Random(run.seed()).nextInt(MOST_STALLS)));
                if (memory) {
                    model.memory().timing(MemoryTiming.random(run.seed()));
                }
            }
            case SLOW -> {
                model.bus().stalls(Stalls.uniform(run.seed(), MOST_STALLS));
                if (memory) {
                    model.memory().timing(MemoryTiming.slow(run.seed()));
                }
            }
        }
    }

    private MasterWeights weights() {
        return MasterWeights.initial(network, config.formats(), run.seed());
    }

    private List<Sample> minibatch(int update) {
        return CaseSamples.minibatch(network, run.seed(), update, run.samples());
    }

    private long throughScratchpads(Model model, Placement placement) {
        FixedModel golden = new FixedModel(network, config.formats());
        LockStep lockStep = new LockStep(
                model, placement, golden, weights(), run.seed(), repeat, OPTIONS.withListener(probe.listener()));
        for (int update = 0; update < run.updates(); update++) {
            lockStep.step(minibatch(update), network.training().learningRate());
        }
        return lockStep.comparedWords();
    }

    private long throughMemory(Model model, StepPlan plan) {
        int ring = run.timing() == Case.Timing.FAST
                ? MOST_RING_ENTRIES_LOG2
                : 1 + new Random(run.seed()).nextInt(MOST_RING_ENTRIES_LOG2);
        ProgramOptions options = ProgramOptions.standard()
                .withStepByStep(run.check() == Check.EACH_COMMAND)
                .withRingEntriesLog2(ring)
                .withRun(OPTIONS.withListener(probe.listener()));
        PlanLockStep lockStep = new PlanLockStep(model, plan, weights(), options, repeat);
        for (int update = 0; update < run.updates(); update++) {
            lockStep.step(minibatch(update), network.training().learningRate());
        }
        return lockStep.comparedWords();
    }
}
