package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.cosim.bench.Utilisation;
import h2learn.cosim.bench.UtilisationReport;
import h2learn.cosim.train.Through;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements on the simulated Verilog. */
@Command(
        name = "bench",
        description = "Measures the simulated Verilog by its own counters.",
        subcommands = {
            BenchCommand.UtilisationCommand.class,
            BenchStepCommand.class,
            BenchContractCommand.class,
            BenchScalingCommand.class,
            BenchCosimCommand.class,
            BenchAreaCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  h2learn bench utilisation --network fashion-mlp --config base",
            "  h2learn bench step --network fashion-conv --config base"
        })
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    BenchCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: utilisation, step, contract, scaling or cosim");
    }

    @Command(
            name = "utilisation",
            description = {
                "Trains the integer model first, then counts with its weights what each engine of the accelerator does:"
                        + " cycles, useful cycles, and the ideal for what both kinds of sparsity leave.",
                "Prints Markdown tables. Exit code 1 when an engine misses its contract."
            },
            footer = {
                "",
                "Examples:",
                "  h2learn bench utilisation --network tiny-mlp --config tiny --train-samples 320",
                "  h2learn bench utilisation --network fashion-mlp --config base --parts 2"
            })
    static final class UtilisationCommand implements Callable<Integer> {
        @Mixin
        private NetworkOnConfig target = new NetworkOnConfig();

        @Option(
                names = "--train-samples",
                paramLabel = "N",
                defaultValue = "2500",
                description = "Train the integer model with the first N samples, once; 0: initial weights. Default:"
                        + " ${DEFAULT-VALUE}.")
        private int trainSamples;

        @Option(
                names = "--parts",
                paramLabel = "N",
                defaultValue = "1",
                description = "Minibatch parts to measure. Default: ${DEFAULT-VALUE}.")
        private int parts;

        @Mixin
        private DataOptions data = new DataOptions();

        @Mixin
        private ProgressOption progress = new ProgressOption();

        @Spec
        private CommandSpec spec;

        UtilisationCommand() {}

        @Override
        public Integer call() {
            DataOptions.atLeast("--train-samples", trainSamples, 0);
            DataOptions.atLeast("--parts", parts, 1);
            Network network = target.network();
            AcceleratorConfig config = target.config();
            PrintWriter err = spec.commandLine().getErr();
            Fit.warnings(network, config, Through.SCRATCHPADS).forEach(warning -> err.println("warning: " + warning));
            DataSet set = data.open(network);
            String of = set.name() + " (training)";
            List<Sample> train = DataOptions.first(set.train(), trainSamples, "--train-samples", of);
            long needed = (long) parts * Placement.of(network, config).partSamples();
            if (needed > set.train().size()) {
                throw new InvalidInputException("--parts: " + parts + " parts have " + needed
                        + " samples, more than the " + set.train().size() + " of " + of + "; use fewer");
            }
            List<Sample> measured = set.train().subList(0, (int) needed);
            MasterWeights master = Warmup.weights(network, config, train, data.seed(), progress, err);
            UtilisationReport report =
                    Utilisation.measure(network, config, master, measured, parts, PowerUp.seed(data.seed()));
            spec.commandLine().getOut().print(report.markdown());
            spec.commandLine().getOut().flush();
            report.missed().forEach(line -> err.println("h2learn: " + line));
            return report.missed().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCE;
        }
    }
}
