package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.PipelinedPlan;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Reduction;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The scenarios of one configuration: all that its size allows, the quickest first. */
public final class Scenarios {
    private static final int MINIBATCH = 4;
    /** Drives the weights to their ends. */
    private static final double HUGE_RATE = 16_000;

    private final AcceleratorConfig config;
    private final List<Scenario> all = new ArrayList<>();

    private Scenarios(AcceleratorConfig config) {
        this.config = config;
    }

    public static List<Scenario> of(AcceleratorConfig config) {
        Scenarios scenarios = new Scenarios(config);
        scenarios.collect();
        return List.copyOf(scenarios.all);
    }

    /** The one of that name. Throws {@link IllegalArgumentException} when there is none. */
    public static Scenario named(AcceleratorConfig config, String name) {
        return of(config).stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(config.name() + " has no scenario " + name));
    }

    private void collect() {
        Network pools = SmallNetworks.pools(5, 6, Reduction.MAX, Reduction.AVERAGE);
        Network otherPools = SmallNetworks.pools(3, 4, Reduction.AVERAGE, Reduction.MAX);
        training(SmallNetworks.dense(), 2, 8, 0.5, 0);
        training(SmallNetworks.convolutions(), 2, 3, 0.5, 100);
        training(pools, 2, 2, 0.5, 0);
        training(otherPools, 2, 2, 0.5, 0);
        training(SmallNetworks.signed(config), 2, 2, 0.5, 0);
        training(SmallNetworks.saturating(), 4, 8, HUGE_RATE, 0);
        training(SmallNetworks.wideKernel(), 2, 2, 0.5, 0);
        training(SmallNetworks.deep(config), 2, 5, 0.5, 0);
        training(SmallNetworks.longRows(), 5, 1, 0.5, 0);
        training(SmallNetworks.tallColumns(), 5, 1, 0.5, 0);
        training(SmallNetworks.manyClasses(), 2, 1, 0.5, 0);
        training(SmallNetworks.populations(), 2, 2, 0.5, 0);
        manyInputs();
        edges();
        memory(SmallNetworks.convolutions(), true, MemoryTiming.random(2));
        memory(pools, false, MemoryTiming.FAST);
        memory(otherPools, true, MemoryTiming.slow(4));
        memory(SmallNetworks.dense(), false, MemoryTiming.random(5));
        planned(pools, false).ifPresent(plan -> {
            all.add(new CountedStep("counted pools", plan));
            all.add(new RingLengths(plan));
            all.add(new Registers(plan));
            all.add(new Tokens(plan));
            all.add(new IllegalCommands(plan));
            all.add(new MemoryFaults(plan));
            all.add(new Transfers(plan));
        });
        planned(SmallNetworks.dense(), false).ifPresent(plan -> {
            all.add(new CountedStep("counted dense", plan));
            all.add(new Roundings(plan));
            all.add(new NeuronFields(plan));
        });
        planned(SmallNetworks.populations(), false).ifPresent(plan -> all.add(new LossRoundings(plan)));
        planned(SmallNetworks.saturating(), false).ifPresent(plan -> all.add(new SaturationCounters(plan)));
        all.add(new HostWindows());
        Network small = SmallNetworks.dense();
        if (fits(small)) {
            all.add(new ResetTimes("reset times", small, 1));
        }
    }

    private void training(Network network, int updates, int samples, double learningRate, int stalls) {
        int most = Math.min(samples, config.limits().samples());
        if (fits(network)) {
            int seed = all.size() + 1;
            all.add(new ScratchpadTraining(
                    network.name(),
                    network,
                    MasterWeights.initial(network, config.formats(), seed),
                    SmallSamples.minibatches(network, updates, most, seed),
                    learningRate,
                    stalls,
                    seed));
        }
    }

    /** Potentials that saturate at both ends. */
    private void manyInputs() {
        Network network = SmallNetworks.manyInputs();
        MasterWeights master = MasterWeights.zero(network);
        int inputs = network.input().values();
        int largest = (int) config.formats().master().maximum();
        Arrays.fill(master.weight(0), 0, inputs, largest);
        Arrays.fill(master.weight(0), inputs, 2 * inputs, -largest - 1);
        int[] always = new int[inputs * network.steps()];
        Arrays.fill(always, 1);
        weighted(network, master, new Sample(always, 1));
    }

    /** Potentials at, and one unit on both sides of, theta and the ends of the window. */
    private void edges() {
        int scale = config.formats().masterFractionBits() - config.formats().weightFractionBits();
        int one = 1 << config.formats().weightFractionBits();
        int theta = one / 2;
        int window = one / 4;
        int[] weights = {
            theta - 1,
            theta,
            theta + 1,
            theta - window - 1,
            theta - window,
            theta - window + 1,
            theta + window - 1,
            theta + window,
            theta + window + 1
        };
        Network network = SmallNetworks.single(weights.length);
        MasterWeights master = MasterWeights.zero(network);
        for (int index = 0; index < weights.length; index++) {
            master.weight(0)[index] = weights[index] << scale;
        }
        weighted(network, master, new Sample(new int[] {1}, 0));
    }

    private void weighted(Network network, MasterWeights master, Sample sample) {
        if (fits(network)) {
            all.add(new ScratchpadTraining(
                    network.name(), network, master, List.of(List.of(sample)), 0.5, 0, all.size() + 1));
        }
    }

    private void memory(Network network, boolean tiled, MemoryTiming timing) {
        planned(network, !tiled)
                .ifPresent(plan -> all.add(new MemoryTrainingRun(
                        (tiled ? "tiled " : "pipelined ") + network.name(),
                        plan,
                        SmallSamples.minibatches(network, 2, MINIBATCH, all.size()),
                        timing,
                        all.size())));
    }

    private Optional<StepPlan> planned(Network network, boolean pipelined) {
        try {
            return Optional.of(
                    pipelined
                            ? PipelinedPlan.of(network, config, MINIBATCH, Overlap.FULL)
                            : new TiledPlan(network, config, MINIBATCH, Overlap.FULL));
        } catch (PlacementException tooLarge) {
            return Optional.empty();
        }
    }

    private boolean fits(Network network) {
        try {
            Placement.of(network, config);
            return NetworkCheck.problems(network, config).isEmpty();
        } catch (PlacementException tooLarge) {
            return false;
        }
    }
}
