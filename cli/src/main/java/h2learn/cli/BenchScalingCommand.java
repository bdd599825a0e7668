package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.bench.Scaling;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How cycles grow. */
@Command(
        name = "scaling",
        description = {
            "Runs a 3x3 convolution with more and more channels, points, steps and lanes in the Verilog, and says how FORWARD,"
                    + " BACKWARD and WEIGHT_GRADIENT grow beside the work that there is.",
            "Writes Markdown tables and, with --out, a plot of each curve as SVG."
        },
        footer = {"", "Examples:", "  h2learn bench scaling --out docs/measured"})
final class BenchScalingCommand implements Runnable {
    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Seed of weights and spikes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder to write scaling.md and scaling-*.svg to. Default: the tables to standard output.")
    private @Nullable Path folder;

    @Spec
    private CommandSpec spec;

    BenchScalingCommand() {}

    @Override
    public void run() {
        AcceleratorConfig config = new ConfigReader().read(configName);
        if (folder != null) {
            OutputPlace.check(folder.resolve("scaling.md"));
        }
        List<Scaling.Curve> curves = new Scaling(config, seed).curves();
        Path tables = folder == null ? null : folder.resolve("scaling.md");
        MeasuredText.write(
                Scaling.markdown(config, curves), tables, spec.commandLine().getOut());
        if (folder != null) {
            for (Scaling.Curve curve : curves) {
                Path file = folder.resolve("scaling-" + curve.name() + ".svg");
                MeasuredText.write(curve.chart().svg(), file, spec.commandLine().getOut());
            }
        }
    }
}
