package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.host.PlacementException;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.PipelinedPlan;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import java.util.Collections;
import java.util.Random;

/** Draws accelerators whose memories are small for what they are to train, networks for them, and plans, by seed. */
final class RandomPrograms {
    /** Longest program of a step, so that a case takes no more than about a second. */
    private static final int COMMANDS = 700;

    private static final int ATTEMPTS = 1000;

    private final Random random;
    private final RandomCases cases;

    RandomPrograms(long seed) {
        random = new Random(seed);
        cases = new RandomCases(seed + 1);
    }

    RandomCases cases() {
        return cases;
    }

    /** What a test wants to see for certain is given, the rest is drawn. */
    AcceleratorConfig config(int index, int lanes, int backwardLanes, Sparsity sparsity, int busBits, boolean options) {
        int weightBits = cases.between(5, 12);
        int weightFraction = weightBits - cases.between(1, 3);
        return new AcceleratorConfig(
                "programs-" + index,
                "drawn by seed",
                lanes,
                new Lut(cases.between(2, 4), 1),
                new Forward(Pe.LUT),
                new Backward(backwardLanes, sparsity),
                new Formats(
                        weightBits,
                        weightFraction,
                        16,
                        cases.between(weightFraction, 15),
                        16,
                        cases.between(8, 16),
                        cases.between(28, 32)),
                new Limits(cases.between(1, 6), cases.between(4, 6), 1 << cases.between(6, 8), 8),
                new Memories(
                        1 << cases.between(5, 8),
                        1 << cases.between(9, 11),
                        1 << cases.between(8, 10),
                        1 << cases.between(6, 8)),
                options
                        ? RandomOptions.draw(random, random.nextBoolean() ? Leak.SHIFT : Leak.MULTIPLIER)
                        : Options.none(),
                new MemoryBus(busBits, cases.between(32, 40)),
                Target.GENERIC);
    }

    /** A plan of a network that can be cut up for the accelerator; pipelined in half of the cases in which that fits. */
    StepPlan plan(int number, AcceleratorConfig config) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Network network = cases.anySize(number, config);
            int minibatch = network.training().minibatch();
            try {
                StepPlan plan = random.nextBoolean()
                        ? PipelinedPlan.of(network, config, minibatch, Overlap.FULL)
                        : new TiledPlan(network, config, minibatch, Overlap.FULL);
                int commands = plan.step(
                                minibatch, Collections.nCopies(network.layers().size(), UpdateConstants.NOTHING))
                        .size();
                if (commands <= COMMANDS) {
                    return plan;
                }
            } catch (PlacementException tooLarge) {
                // Another network is drawn.
                continue;
            }
        }
        throw new IllegalStateException("no network fits " + config);
    }
}
