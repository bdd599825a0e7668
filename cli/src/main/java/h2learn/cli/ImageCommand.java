package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.cosim.train.Through;
import h2learn.data.DataSet;
import h2learn.host.image.ImageWriter;
import h2learn.host.image.NetworkImage;
import h2learn.host.image.NetworkImage.Region;
import h2learn.host.image.NetworkImage.Stage;
import h2learn.model.Parameters;
import h2learn.model.exchange.WeightFile;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes one file with all that an accelerator needs to train a network, and what must come out. */
@Command(
        name = "image",
        description = {
            "Writes a network image: commands, weights, samples, memory map and the golden model's checksums of every result,"
                    + " in one file that the Java and the C driver run on a board (docs/13-driver.md).",
            "Same input, same bytes."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn image --network fashion-mlp --config base --steps 2 --out fashion-mlp.h2image",
            "  h2learn image --network tiny-mlp --config tiny --samples 4 --out tiny.h2image"
        })
final class ImageCommand implements Callable<Integer> {
    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            required = true,
            description = "A network that 'h2learn network list' names, or a YAML file.")
    private String networkName = "";

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator that the image is for. Default: ${DEFAULT-VALUE}.")
    private String configName = "base";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The image.")
    private Path file = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1",
            description = "Training steps, each with its samples. Default: ${DEFAULT-VALUE}.")
    private int steps = 1;

    @Option(names = "--samples", paramLabel = "N", description = "Samples of a step. Default: the network's minibatch.")
    private @Nullable Integer samples;

    @Option(
            names = "--weights",
            paramLabel = "FILE.npz",
            description = "Start from these weights (layerK.weight, layerK.bias), not from random ones.")
    private @Nullable Path weightFile;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    ImageCommand() {}

    @Override
    public Integer call() throws IOException {
        DataOptions.atLeast("--steps", steps, 1);
        DataOptions.atLeast("--samples", samples == null ? 1 : samples, 1);
        OutputPlace.check(file);
        Network network = new NetworkReader().read(networkName);
        AcceleratorConfig config = new ConfigReader().read(configName);
        PrintWriter err = spec.commandLine().getErr();
        Fit.warnings(network, config, Through.MEMORY).forEach(warning -> err.println("warning: " + warning));
        Parameters initial =
                weightFile == null ? Parameters.initial(network, data.seed()) : WeightFile.read(weightFile, network);
        DataSet set = data.open(network);
        int minibatch = samples == null ? network.training().minibatch() : samples;
        NetworkImage image;
        try (Progress bar = progress.bar(err, "running", "steps", steps)) {
            image = TrainingImage.make(
                    network, config, initial, set, data.seed(), steps, minibatch, done -> bar.reach(done));
        }
        OutputPlace.makeParent(file);
        ImageWriter.write(image, file);
        TrainReport report = new TrainReport(spec.commandLine().getOut());
        report.line("network: %s, %s", network.name(), NetworkText.shape(network));
        report.line("config: %s, hash %s", config.name(), ConfigHash.of(config));
        report.line("data: %s, steps of %d samples, seed %d", set.name(), minibatch, data.seed());
        report.line("image: %s, %d bytes", file, Files.size(file));
        report.line("memory: %d bytes", image.memoryBytes());
        for (Region region : image.regions()) {
            report.line("  0x%08X %10d  %s", region.address(), region.bytes(), region.name());
        }
        for (Stage stage : image.stages()) {
            report.line(
                    "stage: %s, %d commands, %d checksums",
                    stage.kind(), stage.commands(), stage.checks().size());
        }
        return ExitCode.OK;
    }
}
