package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.CommandFactory;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.model.fixed.LayerConstants;
import h2learn.network.Network;
import java.util.List;

/**
 * What all stages of a plan share.
 *
 * @param minibatch most samples of a step
 * @param overlap whether the queues run at once
 */
record PlanContext(
        Network network,
        AcceleratorConfig config,
        int minibatch,
        Overlap overlap,
        MemoryLayout layout,
        CommandFactory commands) {
    /** @param traces whether what the layers compute goes through external memory */
    static PlanContext of(Network network, AcceleratorConfig config, int minibatch, Overlap overlap, boolean traces) {
        List<String> problems = Placement.sizeProblems(network, config);
        if (!problems.isEmpty()) {
            throw PlacementException.notTiled(network.name(), config.name(), problems);
        }
        return new PlanContext(
                network,
                config,
                minibatch,
                overlap,
                MemoryLayout.of(network, config, minibatch, traces),
                new CommandFactory(network, config, LayerConstants.of(network, config.formats())));
    }

    List<Placement.Layer> layers() {
        return layout.placement().layers();
    }

    int steps() {
        return network.steps();
    }

    /** Most samples that a command and the minibatch have. */
    int mostSamples() {
        return Math.min(minibatch, config.limits().samples());
    }

    /** Of a layer's output, points of one row: columns times steps. */
    int rowPoints(Placement.Layer layer) {
        return layer.geometry().output().width() * steps();
    }

    /** Channels that a range of blocks has of {@code channels}, without padding. */
    int channels(int channels, Range blocks) {
        return Math.min(channels, blocks.to() * config.lanes()) - blocks.from() * config.lanes();
    }

    /** A program of commands in a valid sequential order. */
    List<Command> program(List<Command> sequential) {
        return overlap.program(sequential, config);
    }

    PlacementException notResident(List<String> problems) {
        return PlacementException.notResident(network.name(), config.name(), problems);
    }

    PlacementException tooLarge(List<String> problems) {
        return PlacementException.notTiled(network.name(), config.name(), problems);
    }
}
