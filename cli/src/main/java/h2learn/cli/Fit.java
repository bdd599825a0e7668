package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an accelerator can train a network: its arithmetic, its limits and its memories, all at once. */
final class Fit {
    private Fit() {}

    /**
     * What is computed exactly but probably not learned well.
     *
     * @throws InvalidInputException with every reason why the accelerator cannot train the network
     */
    static List<String> warnings(Network network, AcceleratorConfig config) {
        return warnings(network, config, () -> Placement.of(network, config));
    }

    /** The same for a network whose tensors go the way that {@code --through} asks for, or any. */
    static List<String> warnings(Network network, AcceleratorConfig config, ThroughOption through) {
        return warnings(network, config, () -> through.choose(network, config));
    }

    /** The same where only the config's number formats are used, not its limits and memories. */
    static List<String> arithmeticWarnings(Network network, AcceleratorConfig config) {
        return warnings(network, config, (Runnable) null);
    }

    /** @param placing throws {@link PlacementException} when it does not fit; null not to look at limits and memories */
    private static List<String> warnings(Network network, AcceleratorConfig config, @Nullable Runnable placing) {
        List<String> problems = new ArrayList<>();
        List<String> found = placing != null
                ? NetworkCheck.problems(network, config)
                : NetworkCheck.arithmeticProblems(network, config.formats());
        for (String problem : found) {
            problems.add("network " + network.name() + " on config " + config.name() + ": " + problem);
        }
        if (placing != null) {
            try {
                placing.run();
            } catch (PlacementException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return NetworkCheck.warnings(network, config);
    }
}
