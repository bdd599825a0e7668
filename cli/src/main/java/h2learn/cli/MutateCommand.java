package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.cosim.mutate.Mutant;
import h2learn.cosim.mutate.MutantExplanations;
import h2learn.cosim.mutate.MutationReader;
import h2learn.cosim.mutate.MutationReport;
import h2learn.cosim.mutate.MutationRun;
import h2learn.cosim.mutate.MutationScore;
import h2learn.cosim.mutate.MutationScore.Outcome;
import h2learn.cosim.mutate.Part;
import h2learn.cosim.reason.Reasons;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The mutation score of the Verilog. */
@Command(
        name = "mutate",
        description = {
            "Changes one bit of one cell of the Verilog at a time and runs the accelerator: training in lock-step, errors,"
                    + " tokens, registers and counters. A change that no run sees is proved equivalent, explained by a reason in"
                    + " a file, or survives.",
            "Prints Markdown. Exit code 1 when a mutant survives, or a run fails on a mutant that is proved equivalent."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn mutate --mutants 44 --seed 1",
            "  h2learn mutate --mutants 100 --seed 2 --engine update --out update.json",
            "  h2learn mutate --mutants 550 --explanations ci/mutant-explanations.yaml --table mutants.md"
        })
final class MutateCommand implements Callable<Integer> {
    /** The file is written each time that so many more are done. */
    private static final int WRITTEN = 10;

    @Option(
            names = "--mutants",
            paramLabel = "N",
            defaultValue = "44",
            description = "How many mutants that some run activates, spread evenly. Default: ${DEFAULT-VALUE}.")
    private int mutants;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Draws the mutants. Default: ${DEFAULT-VALUE}.")
    private int seed;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            split = ",",
            description = "Part to make mutants of: forward, neuron, loss, backward, neuron-backward, weight-gradient,"
                    + " update, pool, transfer, command or scratchpad; several with commas. Default: all.")
    private @Nullable List<String> engines;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "tiny",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    @Option(
            names = "--jobs",
            paramLabel = "J",
            defaultValue = "2",
            description = "Simulations at once. Default: ${DEFAULT-VALUE}.")
    private int jobs;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the score, with every mutant, as JSON; what is done so far meanwhile, for --again.")
    private @Nullable Path file;

    @Option(
            names = "--explanations",
            paramLabel = "FILE",
            description = "YAML file of mutants that need not be seen, and why.")
    private @Nullable Path explanations;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Run nothing, but take the mutants and what became of them from what --out wrote before.")
    private @Nullable Path earlier;

    @Option(
            names = "--again",
            paramLabel = "FILE",
            description =
                    "Run only those mutants that were not caught in what --out wrote before, of the same Verilog and seed.")
    private @Nullable Path again;

    @Option(names = "--table", paramLabel = "FILE", description = "Write what is printed to a file too.")
    private @Nullable Path table;

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    MutateCommand() {}

    @Override
    public Integer call() {
        DataOptions.atLeast("--mutants", mutants, 1);
        DataOptions.atLeast("--jobs", jobs, 1);
        List<Part> parts = parts();
        Reasons<Mutant> reasons = explanations == null ? Reasons.none() : MutantExplanations.read(explanations);
        if (file != null) {
            OutputPlace.check(file);
        }
        if (table != null) {
            OutputPlace.check(table);
        }
        MutationScore score = (earlier == null ? run(parts) : MutationReader.read(earlier)).explained(reasons);
        String text = MutationReport.markdown(score);
        spec.commandLine().getOut().print(text);
        if (file != null) {
            write(file, score);
        }
        if (table != null) {
            OutputPlace.write(table, text);
        }
        boolean good = score.of(Outcome.SURVIVED).isEmpty()
                && score.of(Outcome.TEST_FAULT).isEmpty();
        return good ? ExitCode.OK : ExitCode.DIFFERENCE;
    }

    private MutationScore run(List<Part> parts) {
        MutationRun run = new MutationRun(configName, parts, mutants, seed, jobs);
        if (again != null) {
            run.caughtBefore(MutationReader.read(again));
        }
        PrintWriter err = spec.commandLine().getErr();
        try (Progress bar = progress.bar(err, "mutants", "mutants", mutants)) {
            return run.run((count, soFar, unseen) -> {
                bar.reach(count);
                if (unseen != null) {
                    bar.makeWay();
                    err.println("no run saw " + unseen.describe());
                }
                if (file != null && count % WRITTEN == 0) {
                    write(file, soFar.get());
                }
            });
        }
    }

    /** Also what is done so far, so that an hour's work is not lost. */
    private synchronized void write(Path place, MutationScore score) {
        OutputPlace.write(place, MutationReport.json(score));
    }

    private List<Part> parts() {
        if (engines == null) {
            return List.of(Part.values());
        }
        return engines.stream()
                .map(name -> Arrays.stream(Part.values())
                        .filter(part -> part.label().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new InvalidInputException("--engine: there is no part " + name + "; use "
                                + Arrays.stream(Part.values()).map(Part::label).collect(Collectors.joining(", ")))))
                .distinct()
                .sorted()
                .toList();
    }
}
