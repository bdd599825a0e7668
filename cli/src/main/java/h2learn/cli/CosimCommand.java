package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.contract.Engine;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.report.LockStepResult;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.train.Through;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Driver;
import h2learn.host.Placement;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.model.train.Trainer;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains in simulated Verilog and in the golden model at once, and compares every tensor of every step. */
@Command(
        name = "cosim",
        description = {
            "Trains in the simulated Verilog and in the golden model at once and compares every tensor of every step:"
                    + " s, h, u, ds, gu, dW, W and the saturation counters; through external memory (--through) all words"
                    + " that a program writes there and in the scratchpads, and W.",
            "The first difference ends the run: the report names engine, layer, sample, step, channel, both values,"
                    + " cycle and seed, and the command that repeats it."
        },
        subcommands = {CosimShowCommand.class},
        footer = {
            "",
            "Examples:",
            "  h2learn cosim --network tiny-mlp --config tiny",
            "  h2learn cosim --network tiny-mlp --config tiny --seeds 10 --stalls 0.25",
            "  h2learn cosim --network fashion-mlp --config base --minibatches 1 --out build/results/lockstep-base.json",
            "  h2learn cosim --network cifar-like --config base --data random --samples 1",
            "  h2learn cosim --network events.yaml --config base --data moving-bars --samples 16"
        })
final class CosimCommand implements Runnable {
    private static final int STALL_SCALE = 256;

    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            description = "A network that 'h2learn network list' names, or a YAML file.")
    private @Nullable String networkOption;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            description = "A config that 'h2learn config list' names, or a YAML file.")
    private @Nullable String configOption;

    /** How much. */
    static final class Amount {
        @Option(names = "--samples", paramLabel = "N", description = "Train with the first N training samples, once.")
        private @Nullable Integer samples;

        @Option(
                names = "--minibatches",
                paramLabel = "N",
                description = "The same in minibatches of the network's size. Default: 2.")
        private @Nullable Integer minibatches;
    }

    @ArgGroup
    private Amount amount = new Amount();

    @Option(
            names = "--seeds",
            paramLabel = "K",
            defaultValue = "1",
            description = "Run K times, with seeds --seed, --seed + 1 and so on. Default: ${DEFAULT-VALUE}.")
    private int seeds = 1;

    @Option(
            names = "--stalls",
            paramLabel = "P",
            defaultValue = "0",
            description = "Chance, 0 to 0.99, that the bus master, or external memory, holds back in a cycle."
                    + " Default: ${DEFAULT-VALUE}.")
    private double stalls;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write what came of it as JSON, for 'h2learn report', also when something differs.")
    private @Nullable Path file;

    @Mixin
    private ThroughOption through = new ThroughOption();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    private String networkName = "";
    private String configName = "";
    private long words;
    private long cycles;
    private long overlap;
    private final Map<Engine, Driver.Counters> counters = new EnumMap<>(Engine.class);

    CosimCommand() {}

    @Override
    public void run() {
        // picocli would ask for required options before a subcommand too
        networkName = required("--network", networkOption);
        configName = required("--config", configOption);
        DataOptions.atLeast("--samples", amount.samples == null ? 1 : amount.samples, 1);
        DataOptions.atLeast("--minibatches", amount.minibatches == null ? 1 : amount.minibatches, 1);
        DataOptions.atLeast("--seeds", seeds, 1);
        if (!(stalls >= 0 && stalls <= 0.99)) {
            throw new InvalidInputException("--stalls: " + stalls + " is no chance; use 0 to 0.99");
        }
        if (file != null) {
            OutputPlace.check(file);
        }
        Network network = new NetworkReader().read(networkName);
        AcceleratorConfig config = new ConfigReader().read(configName);
        PrintWriter err = spec.commandLine().getErr();
        Fit.warnings(network, config, through).forEach(warning -> err.println("warning: " + warning));
        LongFunction<DataSet> sets = data.bySeed(network);
        DataSet first = sets.apply(data.seed());
        train(first, network);
        VerilatorBuild build = VerilatorBuild.standard();
        Path library = build.model(ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)));
        TrainReport report = new TrainReport(spec.commandLine().getOut());
        report.line("network: %s, %s", network.name(), NetworkText.shape(network));
        report.line("config: %s, hash %s", config.name(), ConfigHash.of(config));
        report.line("data: %s, %d samples a seed", first.name(), samples(network));
        LockStepRun run = run(network, config);
        run.description().forEach(line -> report.line("%s", line));
        try (Progress bar = progress.bar(err, "lock-step", "samples", (long) seeds * samples(network))) {
            for (int index = 0; index < seeds; index++) {
                long seed = data.seed() + index;
                try (Model model = Model.open(build, library, run.options(seed))) {
                    List<Sample> train = train(index == 0 ? first : sets.apply(seed), network);
                    seed(model, run, train, seed, report, bar, (long) index * samples(network));
                }
            }
        } catch (RuntimeException failure) {
            if (ErrorReport.isDifference(failure)) {
                result(network, config, String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
        result(network, config, "");
        report.line("words compared: %d, all equal", words);
        report.line("clock cycles: %d", cycles);
        if (run.plan() != null) {
            report.line("%s", ThroughOption.overlap(overlap));
        }
        CounterTable.of(counters).forEach(line -> report.line("%s", line));
    }

    private void result(Network network, AcceleratorConfig config, String failure) {
        if (file != null) {
            LockStepResult result = new LockStepResult(
                    config.name(), ConfigHash.of(config).toString(), network.name(), seeds, words, cycles, failure);
            OutputPlace.write(file, result.json());
        }
    }

    private String required(String option, @Nullable String value) {
        if (value == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '" + option + "=NAME|FILE'");
        }
        return value;
    }

    /** The minibatches may be smaller than the network's, and external memory then too. */
    private LockStepRun run(Network network, AcceleratorConfig config) {
        return through.choose(network, config) == Through.SCRATCHPADS
                ? LockStepRun.throughScratchpads(Placement.of(network, config))
                : LockStepRun.throughMemory(Plans.of(
                        network,
                        config,
                        Math.min(samples(network), network.training().minibatch()),
                        Overlap.FULL));
    }

    private int samples(Network network) {
        if (amount.samples != null) {
            return amount.samples;
        }
        int minibatches = amount.minibatches == null ? 2 : amount.minibatches;
        return Math.multiplyExact(minibatches, network.training().minibatch());
    }

    /** The samples that a seed is to train with. */
    private List<Sample> train(DataSet set, Network network) {
        return DataOptions.first(
                set.train(),
                samples(network),
                amount.samples == null ? "--minibatches" : "--samples",
                set.name() + " (training)");
    }

    private void seed(
            Model model,
            LockStepRun run,
            List<Sample> train,
            long seed,
            TrainReport report,
            Progress bar,
            long before) {
        Network network = run.network();
        if (stalls > 0) {
            run.stall(model, seed, (int) Math.max(1, stalls * STALL_SCALE));
        }
        CosimSteps lockStep = run.start(model, seed, repeat(seed));
        int[] order = Trainer.order(seed, 1, train.size());
        int size = network.training().minibatch();
        double loss = 0;
        int updates = 0;
        for (int from = 0; from < order.length; from += size) {
            List<Sample> minibatch = new ArrayList<>();
            for (int index = from; index < Math.min(order.length, from + size); index++) {
                minibatch.add(train.get(order[index]));
            }
            loss += lockStep.step(minibatch, network.training().learningRate()).stream()
                    .mapToDouble(trace -> trace.loss())
                    .sum();
            updates++;
            bar.reach(before + from + minibatch.size());
        }
        long ran = lockStep.port().cycles();
        CounterTable.add(counters, lockStep.port().counters());
        overlap += lockStep.port().overlap();
        words += lockStep.comparedWords();
        cycles += ran;
        bar.makeWay();
        report.line(
                "seed %d: %d updates, mean loss %.5f, %d words equal, %d cycles",
                seed, updates, loss / train.size(), lockStep.comparedWords(), ran);
    }

    private String repeat(long seed) {
        List<String> words = new ArrayList<>(
                List.of("cosim", "--network", networkName, "--config", configName, "--seed", String.valueOf(seed)));
        if (amount.samples != null) {
            words.addAll(List.of("--samples", String.valueOf(amount.samples)));
        }
        if (amount.minibatches != null) {
            words.addAll(List.of("--minibatches", String.valueOf(amount.minibatches)));
        }
        if (stalls > 0) {
            words.addAll(List.of("--stalls", String.format(Locale.ROOT, "%s", stalls)));
        }
        words.addAll(through.words());
        words.addAll(data.words());
        return Repeat.of(words);
    }
}
