package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
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

/** Shows, checks and lists accelerator configs. */
@Command(
        name = "config",
        description = "Shows, checks and lists accelerator configs.",
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Check.class, ConfigCommand.Names.class},
        footer = {
            "",
            "Examples:",
            "  h2learn config list",
            "  h2learn config show base > mine.yaml",
            "  h2learn config check mine.yaml --network fashion-mlp"
        })
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    ConfigCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: show, check or list");
    }

    @Command(
            name = "show",
            description = "Prints a config as complete YAML, defaults filled in, and what follows from it as comments.",
            footer = {"", "Examples:", "  h2learn config show base"})
    static final class Show implements Runnable {
        @Parameters(
                paramLabel = "NAME|FILE",
                description = "A config that 'h2learn config list' names, or a YAML file.")
        private String config = "";

        @Spec
        private CommandSpec spec;

        Show() {}

        @Override
        public void run() {
            spec.commandLine().getOut().print(AcceleratorText.of(new ConfigReader().read(config)));
        }
    }

    @Command(
            name = "check",
            description = {
                "Checks config files and prints every problem of each, with its path in the file.",
                "With a network: also whether the accelerator holds it and trains it exactly and well."
            },
            footer = {
                "",
                "Examples:",
                "  h2learn config check mine.yaml",
                "  h2learn config check mine.yaml --network fashion-mlp"
            })
    static final class Check implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "NAME|FILE", description = "Configs to check.")
        private List<String> configs = List.of();

        @Option(
                names = "--network",
                paramLabel = "NAME|FILE",
                description = "A network that each must be able to train.")
        private @Nullable String network;

        @Spec
        private CommandSpec spec;

        Check() {}

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            List<String> problems = new ArrayList<>();
            Network trained = network == null ? null : new NetworkReader().read(network);
            for (String name : configs) {
                try {
                    AcceleratorConfig config = new ConfigReader().read(name);
                    if (trained != null) {
                        Fit.warnings(trained, config)
                                .forEach(warning -> out.println("warning: " + name + ": " + warning));
                    }
                    out.println(name + ": good, hash " + ConfigHash.of(config));
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
            description = "Lists the configs that come with h2learn, a tab before each description.",
            footer = {"", "Examples:", "  h2learn config list"})
    static final class Names implements Runnable {
        @Spec
        private CommandSpec spec;

        Names() {}

        @Override
        public void run() {
            ConfigReader reader = new ConfigReader();
            for (String name : reader.names()) {
                spec.commandLine()
                        .getOut()
                        .println(name + "\t" + reader.read(name).description());
            }
        }
    }
}
