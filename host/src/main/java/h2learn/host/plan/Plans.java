package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.host.PlacementException;
import h2learn.network.Network;

/** Chooses how a network is trained on an accelerator. */
public final class Plans {
    private Plans() {}

    /**
     * Pipelined where everything fits the scratchpads, else tiled.
     *
     * @param minibatch most samples of a step
     */
    public static StepPlan of(Network network, AcceleratorConfig config, int minibatch, Overlap overlap) {
        try {
            return PipelinedPlan.of(network, config, minibatch, overlap);
        } catch (PlacementException tooLarge) {
            return new TiledPlan(network, config, minibatch, overlap);
        }
    }
}
