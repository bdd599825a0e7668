package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import h2learn.network.NetworkWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, checks and lists networks. */
@Command(
        name = "network",
        description = "Shows, checks and lists spiking networks.",
        subcommands = {NetworkCommand.Show.class, NetworkCommand.Check.class, NetworkCommand.Names.class},
        footer = {
            "",
            "Examples:",
            "  h2learn network list",
            "  h2learn network show fashion-mlp > mine.yaml",
            "  h2learn network check mine.yaml --config base"
        })
final class NetworkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    NetworkCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: show, check or list");
    }

    @Command(
            name = "show",
            description =
                    "Prints a network as complete YAML, defaults filled in, and what follows from it as comments.",
            footer = {"", "Examples:", "  h2learn network show fashion-mlp"})
    static final class Show implements Runnable {
        @Parameters(
                paramLabel = "NAME|FILE",
                description = "A network that 'h2learn network list' names, or a YAML file.")
        private String network = "";

        @Spec
        private CommandSpec spec;

        Show() {}

        @Override
        public void run() {
            Network read = new NetworkReader().read(network);
            PrintWriter out = spec.commandLine().getOut();
            out.print(NetworkWriter.toYaml(read));
            out.println("# derived:");
            out.println("#   shape: " + NetworkText.shape(read));
            out.println("#   weights and biases: " + NetworkText.parameters(read));
        }
    }

    @Command(
            name = "check",
            description = {
                "Checks network files and prints every problem of each, with its path in the file.",
                "With a config: also whether that accelerator holds it and trains it exactly and well."
            },
            footer = {
                "",
                "Examples:",
                "  h2learn network check mine.yaml",
                "  h2learn network check mine.yaml --config base"
            })
    static final class Check implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "NAME|FILE", description = "Networks to check.")
        private List<String> networks = List.of();

        @Option(names = "--config", paramLabel = "NAME|FILE", description = "A config that must be able to train each.")
        private @Nullable String config;

        @Spec
        private CommandSpec spec;

        Check() {}

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            List<String> problems = new ArrayList<>();
            AcceleratorConfig accelerator = config == null ? null : new ConfigReader().read(config);
            for (String name : networks) {
                try {
                    Network network = new NetworkReader().read(name);
                    if (accelerator != null) {
                        Fit.warnings(network, accelerator)
                                .forEach(warning -> out.println("warning: " + name + ": " + warning));
                    }
                    out.println(name + ": good, " + NetworkText.shape(network));
                } catch (InvalidInputException e) {
                    problems.addAll(e.problems());
                }
            }
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "list",
            description = "Lists the networks that come with h2learn, a tab before each description.",
            footer = {"", "Examples:", "  h2learn network list"})
    static final class Names implements Runnable {
        @Spec
        private CommandSpec spec;

        Names() {}

        @Override
        public void run() {
            NetworkReader reader = new NetworkReader();
            for (String name : reader.names()) {
                spec.commandLine()
                        .getOut()
                        .println(name + "\t" + reader.read(name).description());
            }
        }
    }
}
