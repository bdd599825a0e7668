package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.train.Through;
import h2learn.host.plan.StepPlan;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --through}: which way tensors go into a simulated accelerator. */
final class ThroughOption {
    @Option(
            names = "--through",
            paramLabel = "WAY",
            description =
                    "With the simulated Verilog: scratchpads (the host writes and reads them, one command after the"
                            + " other) or memory (the accelerator loads and stores, all engines at once, in tiles where a network"
                            + " is too large). Default: scratchpads where the network fits them, else memory.")
    private @Nullable Through way;

    /** Whether the option was given. */
    boolean isGiven() {
        return way != null;
    }

    /** What was asked for, or what fits. Throws {@link h2learn.host.PlacementException} when nothing fits. */
    Through choose(Network network, AcceleratorConfig config) {
        if (way == null) {
            return Through.of(network, config);
        }
        way.check(network, config);
        return way;
    }

    /** The words that choose the same again. */
    List<String> words() {
        return way == null ? List.of() : List.of("--through", way.name().toLowerCase(Locale.ROOT));
    }

    /** A line about the engines that worked at once. */
    static String overlap(long cycles) {
        return "forward, backward and weight_gradient all at work: " + cycles + " cycles";
    }

    /** Lines about a plan, which counts layers from 0. */
    static List<String> describe(StepPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("through: external memory, " + plan.layout().bytes() + " bytes");
        plan.describe().forEach(line -> lines.add("  plan: " + line));
        return lines;
    }
}
