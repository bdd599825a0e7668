package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.cosim.train.Through;
import h2learn.host.PlacementException;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an accelerator can train a network: its arithmetic, its limits and its memories, all at once. */
final class Fit {
    private Fit() {}

    /**
     * What is computed exactly but probably not learned well, by an accelerator that trains the network either way.
     *
     * @throws InvalidInputException with every reason why the accelerator cannot train the network
     */
    static List<String> warnings(Network network, AcceleratorConfig config) {
        List<String> ways = new ArrayList<>();
        for (Through way : Through.values()) {
            refusal(() -> way.check(network, config)).ifPresent(ways::add);
        }
        // One way is enough.
        return warnings(
                network,
                config,
                NetworkCheck.problems(network, config),
                ways.size() == Through.values().length ? ways : List.of());
    }

    /** The same for a network whose tensors go the way that {@code --through} asks for, or any. */
    static List<String> warnings(Network network, AcceleratorConfig config, ThroughOption through) {
        return warnings(
                network,
                config,
                NetworkCheck.problems(network, config),
                refusal(() -> through.choose(network, config)).stream().toList());
    }

    /** The same of one way. */
    static List<String> warnings(Network network, AcceleratorConfig config, Through way) {
        return warnings(
                network,
                config,
                NetworkCheck.problems(network, config),
                refusal(() -> way.check(network, config)).stream().toList());
    }

    /** The same where only the config's number formats are used, not its limits and memories. */
    static List<String> arithmeticWarnings(Network network, AcceleratorConfig config) {
        return warnings(network, config, NetworkCheck.arithmeticProblems(network, config.formats()), List.of());
    }

    private static List<String> warnings(
            Network network, AcceleratorConfig config, List<String> limits, List<String> refusals) {
        List<String> problems = new ArrayList<>();
        for (String problem : limits) {
            problems.add("network " + network.name() + " on config " + config.name() + ": " + problem);
        }
        problems.addAll(refusals);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return NetworkCheck.warnings(network, config);
    }

    /** Why a network cannot be placed, if it cannot. */
    private static Optional<String> refusal(Runnable placing) {
        try {
            placing.run();
            return Optional.empty();
        } catch (PlacementException e) {
            return Optional.of(e.getMessage());
        }
    }
}
