package h2learn.cosim.cases;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.cases.Case.Plan;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.PipelinedPlan;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import java.util.Collections;
import java.util.List;

/**
 * Whether a network can be trained as a case wants it, and in about a second.
 *
 * @param plan how it is brought to the accelerator
 * @param samples of a minibatch
 * @param updates one after the other
 */
record CaseFit(AcceleratorConfig config, Plan plan, int samples, int updates) {
    /** Longest program of an update, so that a case takes no more than about a second. */
    private static final int MOST_COMMANDS = 700;

    /** Words of spikes, times blocks of outputs, that a case may bring through the forward engine; for the same reason. */
    private static final long MOST_READS = 60_000;

    /** Why not, each a sentence; empty when it can. */
    List<String> problems(Network network) {
        List<String> problems = NetworkCheck.problems(network, config);
        if (!problems.isEmpty()) {
            return problems;
        }
        if (reads(network) > MOST_READS) {
            return List.of("the case would take too long: more than " + MOST_READS + " reads of the forward engine");
        }
        try {
            return planned(network);
        } catch (PlacementException tooLarge) {
            String reason =
                    String.valueOf(tooLarge.getMessage()).lines().findFirst().orElse("");
            return List.of(reason.replace("network " + network.name(), "the network")
                    .replace("config " + config.name(), "the accelerator")
                    .replaceAll(":$", ""));
        }
    }

    private List<String> planned(Network network) {
        if (plan == Plan.SCRATCHPADS) {
            Placement.of(network, config);
            return List.of();
        }
        StepPlan steps = plan == Plan.PIPELINED
                ? PipelinedPlan.of(network, config, samples, Overlap.FULL)
                : new TiledPlan(network, config, samples, Overlap.FULL);
        int commands = steps.step(samples, Collections.nCopies(network.layers().size(), UpdateConstants.NOTHING))
                .size();
        return commands <= MOST_COMMANDS
                ? List.of()
                : List.of("the case would take too long: " + commands + " commands for an update");
    }

    private long reads(Network network) {
        long reads = 0;
        for (LayerShape shape : network.shapes()) {
            long blocks = (long) config.blocks(shape.input().channels())
                    * config.blocks(shape.output().channels());
            long points = (long) shape.output().points() * (shape.staticInput() ? 1 : network.steps());
            reads += blocks * points * shape.kernel() * shape.kernel() * shape.inputPlanes();
        }
        return reads * samples * updates;
    }
}
