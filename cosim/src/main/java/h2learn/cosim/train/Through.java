package h2learn.cosim.train;

import h2learn.config.AcceleratorConfig;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.network.Network;

/** Which way weights, samples and tensors go into a simulated accelerator and out of it. */
public enum Through {
    /** The host reads and writes the scratchpads, and the commands run one after the other. */
    SCRATCHPADS,
    /** LOAD and STORE move everything from and to external memory, and all engines work at once. */
    MEMORY;

    /**
     * The scratchpads where the whole network and a sample fit into them, else external memory. Throws
     * {@link PlacementException} when not even the smallest tiles fit.
     */
    public static Through of(Network network, AcceleratorConfig config) {
        try {
            SCRATCHPADS.check(network, config);
            return SCRATCHPADS;
        } catch (PlacementException tooLarge) {
            MEMORY.check(network, config);
            return MEMORY;
        }
    }

    /** Throws {@link PlacementException} with every reason why an accelerator cannot train a network this way. */
    public void check(Network network, AcceleratorConfig config) {
        if (this == SCRATCHPADS) {
            Placement.of(network, config);
        } else {
            Plans.of(network, config, network.training().minibatch(), Overlap.FULL);
        }
    }
}
