package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.bench.CosimSpeed;
import h2learn.cosim.train.Through;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The speed of the harness. */
@Command(
        name = "cosim",
        description = {
            "Runs one training step in lock-step with the golden model, the same without the model, and the same stimuli in a"
                    + " plain native loop, in turns, and prints cycles a second of each as ratios; the first cycles of them in SpinalHDL's"
                    + " own simulation (SpinalSim) too, where it can run.",
            "Exit code 1 when lock-step is slower than 0.9 of the loop, or comparing takes more than a tenth of the time."
        },
        footer = {"", "Examples:", "  h2learn bench cosim --network fashion-mlp --config base"})
final class BenchCosimCommand implements Callable<Integer> {
    @Mixin
    private NetworkOnConfig target = new NetworkOnConfig();

    @Option(
            names = "--minibatch",
            paramLabel = "N",
            defaultValue = "48",
            description = "Samples of the step. Default: ${DEFAULT-VALUE}.")
    private int minibatch;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of all. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write. Default: standard output.")
    private @Nullable Path file;

    @Mixin
    private DataOptions data = new DataOptions();

    @Spec
    private CommandSpec spec;

    BenchCosimCommand() {}

    @Override
    public Integer call() {
        DataOptions.atLeast("--minibatch", minibatch, 1);
        DataOptions.atLeast("--rounds", rounds, 1);
        if (file != null) {
            OutputPlace.check(file);
        }
        Network network = target.network();
        AcceleratorConfig config = target.config();
        PrintWriter err = spec.commandLine().getErr();
        Fit.warnings(network, config, Through.MEMORY).forEach(warning -> err.println("warning: " + warning));
        DataSet set = data.open(network);
        List<Sample> samples = DataOptions.first(set.train(), minibatch, "--minibatch", set.name() + " (training)");
        MasterWeights weights = MasterWeights.initial(network, config.formats(), data.seed());
        CosimSpeed.Report report = new CosimSpeed(network, config, weights, samples).measure(rounds);
        MeasuredText.write(report.markdown(), file, spec.commandLine().getOut());
        report.missed().forEach(line -> err.println("h2learn: " + line));
        return report.missed().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCE;
    }
}
