package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.bench.StepBench;
import h2learn.cosim.bench.StepReport;
import h2learn.cosim.train.Through;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a whole training step through external memory. */
@Command(
        name = "step",
        description = {
            "Trains the integer model first, then runs one minibatch from the command ring, with all queues at work and with"
                    + " one command after the other, and compares every result with the golden machine.",
            "Prints Markdown tables of counted and predicted cycles. Exit code 1 when a contract is missed."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn bench step --network tiny-mlp --config tiny --train-samples 320",
            "  h2learn bench step --network fashion-conv --config base --minibatch 24"
        })
final class BenchStepCommand implements Callable<Integer> {
    @Mixin
    private NetworkOnConfig target = new NetworkOnConfig();

    @Option(
            names = "--train-samples",
            paramLabel = "N",
            defaultValue = "2500",
            description =
                    "Train the integer model with the first N samples, once; 0: initial weights. Default: ${DEFAULT-VALUE}.")
    private int trainSamples;

    @Option(
            names = "--minibatch",
            paramLabel = "N",
            defaultValue = "0",
            description = "Samples of the step; 0: the network's minibatch. Default: ${DEFAULT-VALUE}.")
    private int minibatch;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    BenchStepCommand() {}

    @Override
    public Integer call() {
        DataOptions.atLeast("--train-samples", trainSamples, 0);
        DataOptions.atLeast("--minibatch", minibatch, 0);
        Network network = target.network();
        AcceleratorConfig config = target.config();
        PrintWriter err = spec.commandLine().getErr();
        Fit.warnings(network, config, Through.MEMORY).forEach(warning -> err.println("warning: " + warning));
        DataSet set = data.open(network);
        String of = set.name() + " (training)";
        int samples = minibatch == 0 ? network.training().minibatch() : minibatch;
        List<Sample> train = DataOptions.first(set.train(), trainSamples, "--train-samples", of);
        List<Sample> measured = DataOptions.first(set.train(), samples, "--minibatch", of);
        MasterWeights master = Warmup.weights(network, config, train, data.seed(), progress, err);
        StepBench bench = new StepBench(network, config, master, measured);
        StepReport report = bench.report();
        spec.commandLine().getOut().print(report.markdown());
        spec.commandLine().getOut().flush();
        report.missed().forEach(line -> err.println("h2learn: " + line));
        return report.missed().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCE;
    }
}
