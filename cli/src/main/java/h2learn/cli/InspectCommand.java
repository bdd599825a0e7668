package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.exchange.inspect.Inspection;
import h2learn.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a file. */
@Command(
        name = "inspect",
        description = {
            "Says what is in a file: layers, shapes and parameters, the memory that each takes, and what of it an"
                    + " accelerator can run, what not and why.",
            "Files: NIR (.nir, .h5), checkpoints (.npz, .safetensors), recordings of events (.bin, .aedat, .npy) and"
                    + " networks (.yaml)."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn inspect trained.nir",
            "  h2learn inspect trained.nir --config wide",
            "  h2learn inspect checkpoint.safetensors"
        })
final class InspectCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator that a network is held against. Default: ${DEFAULT-VALUE}.")
    private String configName = "base";

    @Spec
    private CommandSpec spec;

    InspectCommand() {}

    @Override
    public void run() {
        AcceleratorConfig config = new ConfigReader().read(configName);
        List<Network> found = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        Inspection.of(file, config, network -> {
                    found.add(network);
                    return problems(network, config);
                })
                .forEach(out::println);
        found.forEach(network -> CyclesText.of(network, config).forEach(out::println));
    }

    private static List<String> problems(Network network, AcceleratorConfig config) {
        try {
            Fit.warnings(network, config);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }
}
