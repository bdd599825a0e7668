package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.CaseReport;
import h2learn.cosim.regress.CaseWorker;
import h2learn.cosim.regress.EditsFile;
import h2learn.cosim.regress.FailureFiles;
import h2learn.cosim.regress.JUnitWriter;
import h2learn.cosim.regress.Regression;
import h2learn.cosim.regress.Report;
import h2learn.cosim.regress.Selection;
import h2learn.cosim.regress.Shard;
import h2learn.cosim.regress.TimeLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws cases by seed and runs each in a worker process. */
@Command(
        name = "regress",
        description = {
            "Draws accelerators, networks, plans and bus timings by seed, and trains each in the simulated Verilog and in"
                    + " the golden model at once. A case is all of this; it runs in a process of its own, so that one that"
                    + " crashes or hangs is reported as any other.",
            "Exit code 1 when a case did not pass."
        },
        subcommands = {RegressReplayCommand.class, RegressMinimiseCommand.class, RegressMergeCommand.class},
        footer = {
            "",
            "Examples:",
            "  h2learn regress --count 200",
            "  h2learn regress --seed 42 --count 1000 --junit report.xml --failures build/failures",
            "  h2learn regress --seed 42 --count 1000 --shard 2/4 --junit report-2.xml",
            "  h2learn regress --only 42-3-17"
        })
final class RegressCommand implements Callable<Integer> {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The cases follow from it. Default: a fresh one, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100",
            description = "Cases, those of all shards together. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--cases-per-accelerator",
            paramLabel = "N",
            defaultValue = "25",
            description =
                    "Draw so many cases on each accelerator, which has to be built once. Default: ${DEFAULT-VALUE}.")
    private int casesPerAccelerator;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Run part I, from 1, of N equal parts. auto: which part a Slurm job array says; auto/N: which a"
                            + " Slurm job array or a Kubernetes Indexed Job says. Needs --seed.")
    private @Nullable String shard;

    @Option(names = "--only", paramLabel = "ID", description = "Run this one case, as a report names it.")
    private @Nullable String only;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Run so many cases at once. Default: as many as there are processors.")
    private @Nullable Integer jobs;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "End a case that runs longer, building not counted. Default: ${DEFAULT-VALUE}.")
    private int timeLimit;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write a report in JUnit's XML format.")
    private @Nullable Path junit;

    @Option(
            names = "--failures",
            paramLabel = "DIR",
            description = "Leave a folder there for each case that did not pass, with what is needed to repeat it.")
    private @Nullable Path failures;

    @Option(
            names = "--edits",
            paramLabel = "FILE",
            description =
                    "Plant a bug: a YAML file of edits that are made in every case's Verilog (docs/11-regression.md).")
    private @Nullable Path edits;

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    RegressCommand() {}

    @Override
    public Integer call() {
        check();
        List<Edit> planted = edits == null ? List.of() : EditsFile.read(edits);
        Selection selection;
        List<CaseId> cases;
        if (only != null) {
            CaseId id = CaseId.parse(only);
            selection = new Selection(id.seed(), 1, casesPerAccelerator, Shard.WHOLE);
            cases = List.of(id);
        } else {
            long drawn = seed == null ? new SecureRandom().nextInt(1 << 30) : seed;
            Shard part = shard == null ? Shard.WHOLE : Shard.parse(shard, System.getenv());
            selection = new Selection(drawn, count, casesPerAccelerator, part);
            cases = selection.cases();
        }
        PrintWriter out = spec.commandLine().getOut();
        RegressText text = new RegressText(out);
        text.beginning(selection, cases);
        out.flush();
        Report report = new Report(selection, run(cases, planted));
        text.report(report);
        coverage.report(report, out);
        if (junit != null) {
            OutputPlace.write(junit, JUnitWriter.of(report));
        }
        return report.passed() ? ExitCode.OK : ExitCode.DIFFERENCE;
    }

    private void check() {
        DataOptions.atLeast("--count", count, 1);
        DataOptions.atLeast("--cases-per-accelerator", casesPerAccelerator, 1);
        DataOptions.atLeast("--jobs", jobs == null ? 1 : jobs, 1);
        DataOptions.atLeast("--time-limit", timeLimit, 1);
        if (seed != null && seed < 0) {
            throw new InvalidInputException("--seed: " + seed + " is negative; use 0 or more");
        }
        if (shard != null && seed == null) {
            throw new InvalidInputException("--shard: parts of one regression need one seed; add --seed");
        }
        if (only != null && (shard != null || seed != null)) {
            throw new InvalidInputException("--only: " + only + " says its seed itself; leave out --seed and --shard");
        }
        if (junit != null) {
            OutputPlace.check(junit);
        }
        coverage.check();
        if (failures != null) {
            OutputPlace.check(failures);
        }
    }

    private List<CaseReport> run(List<CaseId> cases, List<Edit> planted) {
        List<String> worker = CaseWorker.command(
                failures == null ? null : failures.toAbsolutePath(), edits == null ? null : edits.toAbsolutePath());
        FailureFiles files = failures == null ? null : new FailureFiles(failures, planted);
        PrintWriter err = spec.commandLine().getErr();
        try (Progress bar = progress.bar(err, "regress", "cases", cases.size())) {
            RegressProgress listener = new RegressProgress(bar, err, progress.shown(), files);
            int workers = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
            return new Regression(worker, workers, TimeLimits.ofCase(Duration.ofSeconds(timeLimit)), listener)
                    .run(cases);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
