package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.CosimMemory;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.lockstep.PlanLockStep;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.spinalsim.SpinalSim;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.host.plan.ProgramSession;
import h2learn.host.plan.RingRunner;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * How fast the cosimulation is: one training step in lock-step, the same without the golden model, the same stimuli in a plain
 * native loop with nothing else in it, and the first of them in SpinalHDL's own simulation. They take turns in one run, since machines are shared and noisy.
 */
public final class CosimSpeed {
    private static final String REPEAT = "h2learn bench cosim";
    /** Cycles that SpinalSim is given: what it reads of them is kept in memory. */
    private static final long BEGINNING = 100_000;

    private final Network network;
    private final MasterWeights weights;
    private final List<Sample> minibatch;
    private final StepPlan plan;
    private final Path library;
    private final SortedMap<String, String> verilog;

    /**
     * Generates and builds.
     *
     * @param minibatch of the step
     */
    public CosimSpeed(Network network, AcceleratorConfig config, MasterWeights weights, List<Sample> minibatch) {
        this.network = network;
        this.weights = weights;
        this.minibatch = List.copyOf(minibatch);
        plan = Plans.of(network, config, minibatch.size(), Overlap.FULL);
        verilog = AcceleratorVerilog.of(config);
        library = VerilatorBuild.standard().model(ModelSource.of(AcceleratorVerilog.TOP, verilog));
    }

    /**
     * Rates of one round, in cycles a second.
     *
     * @param lockStep with every word compared
     * @param harness the same without the golden model
     * @param loop the model in a plain loop
     * @param beginning the same for the first cycles alone
     * @param spinalSim SpinalHDL's own simulation of these cycles; 0 when it does not run
     */
    public record Round(double lockStep, double harness, double loop, double beginning, double spinalSim) {}

    /**
     * All rounds.
     *
     * @param cycles of the step
     * @param words compared in the step
     * @param rounds in the order in which they ran
     * @param beginning cycles that SpinalHDL's own simulation is given
     * @param noSpinalSim why SpinalHDL's own simulation does not run; empty when it does
     */
    public record Report(long cycles, long words, List<Round> rounds, long beginning, String noSpinalSim) {
        /** Least speed in lock-step, as a share of the plain loop's. */
        public static final double LEAST_SHARE = 0.9;
        /** Most of the time that comparing may take. */
        public static final double MOST_COMPARING = 0.1;

        /** Speed in lock-step as a share of the plain loop's, the median of the rounds. */
        public double share() {
            return median(round -> round.lockStep / round.loop);
        }

        /** Share of the time in lock-step that goes to the golden model and the comparison, the median of the rounds. */
        public double comparing() {
            return median(round -> 1 - round.lockStep / round.harness);
        }

        /**
         * Speed in lock-step over that of SpinalHDL's own simulation: the plain loop's share, times the loop's speed over
         * SpinalSim's on the same stimuli; the median of the rounds. 0 when that does not run.
         */
        public double overSpinalSim() {
            return noSpinalSim.isEmpty()
                    ? median(round -> round.lockStep / round.loop * round.beginning / round.spinalSim)
                    : 0;
        }

        private String spinalSim() {
            return noSpinalSim.isEmpty()
                    ? String.format(
                            Locale.ROOT,
                            "\nSpinalSim, on the first %d cycles of the same stimuli: %.0f cycles/s, where the plain loop has"
                                    + " %.0f (medians). Lock-step is %.2f times as fast as SpinalSim.\n",
                            beginning,
                            median(round -> round.spinalSim),
                            median(round -> round.beginning),
                            overSpinalSim())
                    : "\nSpinalSim does not run here: " + noSpinalSim + "\n";
        }

        private double median(ToDoubleFunction<Round> of) {
            double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        /** What misses its bar, a line each. */
        public List<String> missed() {
            List<String> missed = new ArrayList<>();
            if (share() < LEAST_SHARE) {
                missed.add(String.format(
                        Locale.ROOT,
                        "lock-step has %.3f of the plain loop's speed, the bar is %.2f",
                        share(),
                        LEAST_SHARE));
            }
            if (comparing() > MOST_COMPARING) {
                missed.add(String.format(
                        Locale.ROOT, "comparing takes %.3f of the time, the bar is %.2f", comparing(), MOST_COMPARING));
            }
            return missed;
        }

        /** Markdown. */
        public String markdown() {
            StringBuilder text = new StringBuilder(
                    "| round | lock-step, cycles/s | without golden model | plain native loop | lock-step / loop |\n|---|---|---|---|---|\n");
            for (int index = 0; index < rounds.size(); index++) {
                Round round = rounds.get(index);
                text.append(String.format(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %.0f | %.3f |\n",
                        index + 1,
                        round.lockStep,
                        round.harness,
                        round.loop,
                        round.lockStep / round.loop));
            }
            return text
                    + String.format(
                            Locale.ROOT,
                            "\n%d cycles a step, %d words compared. Lock-step has %.3f of the plain loop's speed (median; the bar is"
                                    + " %.2f); golden model and comparison take %.3f of its time (at most %.2f).\n",
                            cycles,
                            words,
                            share(),
                            LEAST_SHARE,
                            comparing(),
                            MOST_COMPARING)
                    + spinalSim();
        }
    }

    /** A timed run of the step. */
    private record Timed(long cycles, long words, double seconds) {
        double rate() {
            return cycles / seconds;
        }
    }

    /** @param rounds at least 1 */
    public Report measure(int rounds) {
        List<Round> measured = new ArrayList<>();
        long cycles = 0;
        long words = 0;
        try (Model recorded = open()) {
            recorded.record();
            step(recorded, true);
            long all = recorded.cycle();
            recorded.replay(true);
            long few = Math.min(BEGINNING, all);
            try (SpinalSim spinalSim = SpinalSim.of(recorded, AcceleratorVerilog.TOP, verilog, few)) {
                for (int round = 0; round < rounds; round++) {
                    Timed lockStep = timed(true);
                    Timed harness = timed(false);
                    double loop = all / recorded.replay(false);
                    OptionalDouble seconds = spinalSim.round();
                    measured.add(new Round(
                            lockStep.rate(),
                            harness.rate(),
                            loop,
                            few / recorded.replay(few),
                            seconds.isPresent() ? few / seconds.getAsDouble() : 0));
                    cycles = lockStep.cycles;
                    words = lockStep.words;
                }
                return new Report(cycles, words, measured, few, spinalSim.reason());
            }
        }
    }

    private Model open() {
        return Model.open(
                VerilatorBuild.standard(),
                library,
                ModelOptions.defaults().withBus("s_axi_").withMemory(Simulated.memory(plan)));
    }

    private Timed timed(boolean lockStep) {
        try (Model model = open()) {
            return step(model, lockStep);
        }
    }

    private Timed step(Model model, boolean lockStep) {
        double rate = network.training().learningRate();
        if (lockStep) {
            PlanLockStep run = new PlanLockStep(model, plan, weights, REPEAT);
            return time(model, () -> {
                long before = run.comparedWords();
                run.step(minibatch, rate);
                return run.comparedWords() - before;
            });
        }
        Simulated.reset(model);
        RingRunner runner =
                new RingRunner(new CosimTransport(model.bus()), new CosimMemory(model.memory()), plan.layout());
        runner.open(plan.layout().placement().config());
        ProgramSession session = new ProgramSession(plan, runner);
        session.open(weights);
        return time(model, () -> {
            session.step(minibatch, rate);
            session.readMasters();
            return 0L;
        });
    }

    private static Timed time(Model model, LongSupplier step) {
        long cycle = model.cycle();
        long start = System.nanoTime();
        long words = step.getAsLong();
        return new Timed(model.cycle() - cycle, words, (System.nanoTime() - start) / 1e9);
    }
}
