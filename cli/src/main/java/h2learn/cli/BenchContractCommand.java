package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.bench.Contract;
import h2learn.cosim.train.Through;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole contract of the engines at once. */
@Command(
        name = "contract",
        description = {
            "Measures everything that the contract of the engines speaks of: useful cycles, BACKWARD against its ideal and"
                    + " against no skipping, a step with and without overlap, and how far predictions are off.",
            "Writes Markdown tables. Exit code 1 when a contract is missed."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn bench contract --out docs/measured/contract.md",
            "  h2learn bench contract --network tiny-mlp --config tiny --late 320 --minibatch 16"
        })
final class BenchContractCommand implements Callable<Integer> {
    /** Samples to measure the engines with, at least. */
    private static final int SAMPLES = 4;

    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            split = ",",
            defaultValue = "fashion-mlp,fashion-conv",
            description = "The networks. Default: ${DEFAULT-VALUE}.")
    private List<String> networkNames = List.of();

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    @Option(
            names = "--early",
            paramLabel = "N",
            defaultValue = "2500",
            description = "Training samples before the early measurement. Default: ${DEFAULT-VALUE}.")
    private int early;

    @Option(
            names = "--late",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Training samples before the late one. Default: ${DEFAULT-VALUE}.")
    private int late;

    @Option(
            names = "--minibatch",
            paramLabel = "N",
            defaultValue = "96",
            description = "Samples of the step. Default: ${DEFAULT-VALUE}.")
    private int minibatch;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write. Default: standard output.")
    private @Nullable Path file;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    BenchContractCommand() {}

    @Override
    public Integer call() {
        DataOptions.atLeast("--early", early, 0);
        DataOptions.atLeast("--late", late, 0);
        DataOptions.atLeast("--minibatch", minibatch, 2);
        if (file != null) {
            OutputPlace.check(file);
        }
        AcceleratorConfig config = new ConfigReader().read(configName);
        List<Network> networks =
                networkNames.stream().map(new NetworkReader()::read).toList();
        PrintWriter err = spec.commandLine().getErr();
        for (Network network : networks) {
            Fit.warnings(network, config, Through.SCRATCHPADS).forEach(warning -> err.println("warning: " + warning));
        }
        StringBuilder text = new StringBuilder();
        List<String> missed = new ArrayList<>();
        for (Network network : networks) {
            Contract contract = measure(network, config, err);
            text.append(text.isEmpty() ? "" : "\n").append(contract.markdown());
            missed.addAll(contract.missed());
        }
        MeasuredText.write(text.toString(), file, spec.commandLine().getOut());
        missed.forEach(line -> err.println("h2learn: " + line));
        return missed.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCE;
    }

    private Contract measure(Network network, AcceleratorConfig config, PrintWriter err) {
        DataSet set = data.open(network);
        String of = set.name() + " (training)";
        MasterWeights earlyWeights = weights(network, config, set, early, "--early", err);
        MasterWeights lateWeights = weights(network, config, set, late, "--late", err);
        int part = Placement.of(network, config).partSamples();
        int parts = (SAMPLES + part - 1) / part;
        List<Sample> samples = DataOptions.first(set.train(), Math.max(minibatch, parts * part), "--minibatch", of);
        return Contract.measure(
                network,
                config,
                new Contract.Setup(earlyWeights, lateWeights, samples, parts, minibatch, PowerUp.seed(data.seed())));
    }

    private MasterWeights weights(
            Network network, AcceleratorConfig config, DataSet set, int count, String option, PrintWriter err) {
        List<Sample> train = DataOptions.first(set.train(), count, option, set.name() + " (training)");
        return Warmup.weights(network, config, train, data.seed(), progress, err);
    }
}
