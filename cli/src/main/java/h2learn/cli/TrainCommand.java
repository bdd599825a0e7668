package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.train.RtlEngine;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.exchange.TensorDump;
import h2learn.model.exchange.WeightFile;
import h2learn.model.train.EpochReport;
import h2learn.model.train.Trainer;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network with one of the three engines. */
@Command(
        name = "train",
        description = {
            "Trains a network in the float reference, the bit-exact integer model or the simulated Verilog.",
            "The same network, samples and seed give all of them the same samples in the same order, and fixed and rtl"
                    + " the same weights, bit for bit. Nothing depends on the number of threads."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn train --network fashion-mlp --engine fixed --save weights.npz",
            "  h2learn train --network tiny-mlp --config tiny --engine rtl --samples 64 --epochs 1 --lockstep",
            "  h2learn train --network event-conv --data moving-digits --samples 100 --epochs 2",
            "  h2learn train --network spikes.yaml --image-code rate --samples 320",
            "  h2learn train --network fashion-mlp --engine float --weights weights.npz --samples 500 --dump out"
        })
final class TrainCommand implements Callable<Integer> {
    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            required = true,
            description = "A network that 'h2learn network list' names, or a YAML file.")
    private String networkName = "";

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "fixed",
            description = "float (the float64 reference), fixed (the bit-exact integer model) or rtl (the simulated"
                    + " Verilog). Default: ${DEFAULT-VALUE}.")
    private EngineKind kind = EngineKind.FIXED;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator, which also fixes the number formats of fixed. Default: ${DEFAULT-VALUE}.")
    private String configName = "base";

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Train with the first N training samples. Default: all.")
    private @Nullable Integer samples;

    @Option(
            names = "--test-samples",
            paramLabel = "N",
            description = "Test with the first N test samples, 0 for no test. Default: as many as --samples, or all.")
    private @Nullable Integer testSamples;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the samples. Default: the network's.")
    private @Nullable Integer epochs;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads for float and fixed. Default: as many as there are processors.")
    private @Nullable Integer threads;

    @Option(
            names = "--weights",
            paramLabel = "FILE.npz",
            description = "Start from these weights (layerK.weight, layerK.bias), not from random ones.")
    private @Nullable Path weightFile;

    @Option(names = "--save", paramLabel = "FILE.npz", description = "Write the trained weights.")
    private @Nullable Path saveFile;

    @Option(
            names = "--dump",
            paramLabel = "DIR",
            description = "Write every tensor of the last minibatch as layerK.NAME.npy. With rtl: needs --lockstep.")
    private @Nullable Path dumpFolder;

    @Option(
            names = "--lockstep",
            description = "With rtl: compute the integer model beside it and compare every tensor of every step.")
    private boolean lockStep;

    @Mixin
    private ThroughOption through = new ThroughOption();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Network network = new NetworkReader().read(networkName);
        AcceleratorConfig config = new ConfigReader().read(configName);
        PrintWriter err = spec.commandLine().getErr();
        warnings(network, config).forEach(warning -> err.println("warning: " + warning));
        Parameters initial =
                weightFile == null ? Parameters.initial(network, data.seed()) : WeightFile.read(weightFile, network);
        DataSet set = data.open(network);
        List<Sample> train = samples == null
                ? set.train()
                : DataOptions.first(set.train(), samples, "--samples", set.name() + " (training)");
        List<Sample> test = testSamples == null
                ? set.test().subList(0, Math.min(set.test().size(), samples == null ? Integer.MAX_VALUE : samples))
                : DataOptions.first(set.test(), testSamples, "--test-samples", set.name() + " (test)");
        TrainReport report = new TrainReport(spec.commandLine().getOut());
        try (EngineRun run = open(network, config, initial)) {
            report.line("network: %s, %s", network.name(), NetworkText.shape(network));
            report.line("engine: %s", engineText(config));
            run.description().forEach(line -> report.line("%s", line));
            report.formats(kind, network, config);
            report.line("data: %s, %d training and %d test samples", set.name(), train.size(), test.size());
            report.line("seed: %d", data.seed());
            train(run, train, test, report, err);
            report.weights(run.weights());
            run.summary().forEach(line -> report.line("%s", line));
            write(run, network, report);
        }
        return ExitCode.OK;
    }

    private List<String> warnings(Network network, AcceleratorConfig config) {
        return switch (kind) {
            case FLOAT -> List.of();
            case FIXED -> Fit.arithmeticWarnings(network, config);
            case RTL -> Fit.warnings(network, config, through);
        };
    }

    private void train(EngineRun run, List<Sample> train, List<Sample> test, TrainReport report, PrintWriter err) {
        int passes = epochs == null ? run.engine().network().training().epochs() : epochs;
        try (Workers workers =
                        new Workers(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
                Progress bar = progress.bar(err, "training", "samples", (long) passes * train.size())) {
            new Trainer(run.engine(), workers, data.seed())
                    .train(
                            train,
                            test,
                            passes,
                            (epoch, done, of) -> bar.reach((long) (epoch - 1) * of + done),
                            epoch -> {
                                bar.makeWay();
                                print(epoch, !test.isEmpty(), report, err);
                            });
        }
    }

    private static void print(EpochReport epoch, boolean tested, TrainReport report, PrintWriter err) {
        report.epoch(epoch, tested);
        err.println(String.format(Locale.ROOT, "epoch %d took %.1f s", epoch.epoch(), epoch.seconds()));
    }

    private void write(EngineRun run, Network network, TrainReport report) throws IOException {
        if (saveFile != null) {
            OutputPlace.makeParent(saveFile);
            WeightFile.write(saveFile, network, run.weights());
            report.line("saved: %s", saveFile);
        }
        if (dumpFolder != null) {
            run.dump(dumpFolder);
            report.line("dumped: %s", dumpFolder);
        }
    }

    private EngineRun open(Network network, AcceleratorConfig config, Parameters initial) {
        boolean dumps = dumpFolder != null;
        return switch (kind) {
            case FLOAT -> new FloatRun(network, initial, dumps);
            case FIXED -> new FixedRun(network, config.formats(), initial, dumps);
            case RTL -> new RtlRun(
                    network, config, initial, PowerUp.seed(data.seed()), rtlOptions(network, config), dumps);
        };
    }

    private RtlEngine.Options rtlOptions(Network network, AcceleratorConfig config) {
        RtlEngine.Options options = lockStep ? RtlEngine.Options.lockStep(repeat()) : RtlEngine.Options.plain();
        return options.withThrough(through.choose(network, config));
    }

    private String engineText(AcceleratorConfig config) {
        return switch (kind) {
            case FLOAT -> "float";
            case FIXED -> "fixed, formats of config " + config.name();
            case RTL -> "rtl, config " + config.name() + ", hash " + ConfigHash.of(config)
                    + (lockStep ? ", in lock-step with fixed" : "");
        };
    }

    private String repeat() {
        return Repeat.of(spec.root().commandLine().getParseResult().originalArgs());
    }

    private void checkOptions() {
        DataOptions.atLeast("--samples", samples == null ? 1 : samples, 1);
        DataOptions.atLeast("--test-samples", testSamples == null ? 0 : testSamples, 0);
        DataOptions.atLeast("--epochs", epochs == null ? 1 : epochs, 1);
        DataOptions.atLeast("--threads", threads == null ? 1 : threads, 1);
        if (lockStep && kind != EngineKind.RTL) {
            throw new InvalidInputException(
                    "--lockstep: compares the Verilog with the integer model; use --engine rtl");
        }
        if (through.isGiven() && kind != EngineKind.RTL) {
            throw new InvalidInputException(
                    "--through: says how tensors go into the simulated Verilog; use --engine rtl");
        }
        if (dumpFolder != null && kind == EngineKind.RTL && !lockStep) {
            throw new InvalidInputException(
                    "--dump: writes the integer model's tensors, which only lock-step compares with those of the"
                            + " Verilog; add --lockstep");
        }
        if (saveFile != null) {
            OutputPlace.check(saveFile);
        }
        if (dumpFolder != null) {
            OutputPlace.checkFolder(dumpFolder, TensorDump.MANIFEST);
        }
    }
}
