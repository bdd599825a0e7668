package h2learn.cli;

import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.lockstep.PlanLockStep;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.simulation.Stalls;
import h2learn.cosim.train.Simulated;
import h2learn.host.Placement;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code cosim} runs a network in an accelerator for each seed.
 *
 * @param placement in the scratchpads, or of the plan's tensors
 * @param plan through external memory; null through the scratchpads
 */
record LockStepRun(Placement placement, @Nullable StepPlan plan) {
    /** Cycles by which the answer of a stalling memory may come later. */
    private static final int LATENCY_SPREAD = 63;

    static LockStepRun throughScratchpads(Placement placement) {
        return new LockStepRun(placement, null);
    }

    static LockStepRun throughMemory(StepPlan plan) {
        return new LockStepRun(plan.layout().placement(), plan);
    }

    Network network() {
        return placement.network();
    }

    /** Lines about it. */
    List<String> description() {
        return plan == null ? List.of() : ThroughOption.describe(plan);
    }

    /** The golden machine begins with zeros, and so must what is compared with it. */
    ModelOptions options(long seed) {
        ModelOptions options = ModelOptions.defaults().withBus("s_axi_");
        return plan == null ? options.withSeed(PowerUp.seed(seed)) : options.withMemory(Simulated.memory(plan));
    }

    /** Lets the bus master, and external memory, hold back; {@code chance} in 256. */
    void stall(Model model, long seed, int chance) {
        model.bus().stalls(Stalls.uniform(seed, chance));
        if (plan != null) {
            MemoryTiming.Latency latency = new MemoryTiming.Latency(1, LATENCY_SPREAD);
            MemoryTiming fast = MemoryTiming.FAST;
            model.memory()
                    .timing(new MemoryTiming(
                            seed, MemoryTiming.Chances.uniform(chance), latency, latency, fast.reads(), fast.writes()));
        }
    }

    /** Resets the model and loads the seed's weights. */
    CosimSteps start(Model model, long seed, String repeat) {
        FixedModel golden = new FixedModel(network(), placement.config().formats());
        MasterWeights initial = MasterWeights.initial(network(), golden.formats(), seed);
        return plan == null
                ? new CosimSteps.OfScratchpads(new LockStep(model, placement, golden, initial, seed, repeat))
                : new CosimSteps.OfMemory(new PlanLockStep(model, plan, initial, repeat));
    }
}
