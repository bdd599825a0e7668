package h2learn.cli;

import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.coverage.CoveragePoint;
import h2learn.cosim.coverage.CoverageReport;
import h2learn.cosim.coverage.CoverageRun;
import h2learn.cosim.coverage.CoverageScore;
import h2learn.cosim.coverage.CoverageScore.Counts;
import h2learn.cosim.coverage.UnusedPoint;
import h2learn.cosim.coverage.Waivers;
import h2learn.cosim.reason.Reasons;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Coverage of the Verilog. */
@Command(
        name = "coverage",
        description = {
            "Counts which lines and branches of the Verilog are run, and which bits change, in the runs that 'h2learn"
                    + " mutate' uses too. Of bits that do not change, those that Yosys finds constant, or read by nothing, in the"
                    + " accelerator as a whole cannot matter; the rest is held against a file of waivers with reasons.",
            "Prints a Markdown table. Exit code 1 when less than 95 %% of the lines or 90 %% of the toggles that are left"
                    + " are used; a waiver that covers nothing is an error."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn coverage --config tiny",
            "  h2learn coverage --config tiny --waivers ci/coverage-waivers.yaml --out coverage.json --table coverage.md"
        })
final class CoverageCommand implements Callable<Integer> {
    static final double LEAST_LINES = 0.95;
    static final double LEAST_TOGGLES = 0.9;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "tiny",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    @Option(
            names = "--waivers",
            paramLabel = "FILE",
            description = "YAML file of points that need not be used, and why.")
    private @Nullable Path waivers;

    @Option(names = "--out", paramLabel = "FILE", description = "Write everything as JSON.")
    private @Nullable Path file;

    @Option(names = "--table", paramLabel = "FILE", description = "Write what is printed to a file too.")
    private @Nullable Path table;

    @Spec
    private CommandSpec spec;

    CoverageCommand() {}

    @Override
    public Integer call() {
        Reasons<UnusedPoint> read = waivers == null ? Reasons.none() : Waivers.read(waivers);
        if (file != null) {
            OutputPlace.check(file);
        }
        if (table != null) {
            OutputPlace.check(table);
        }
        PrintWriter err = spec.commandLine().getErr();
        CoverageRun run = new CoverageRun(new ConfigReader().read(configName));
        CoverageScore score =
                CoverageScore.of(run.run(name -> err.println("scenario: " + name)), run.fates(), read, run.verilog());
        String text = CoverageReport.markdown(score);
        spec.commandLine().getOut().print(text);
        if (file != null) {
            OutputPlace.write(file, CoverageReport.json(configName, score));
        }
        if (table != null) {
            OutputPlace.write(table, text);
        }
        if (!score.unusedWaivers().isEmpty()) {
            throw new InvalidInputException(score.unusedWaivers().stream()
                    .map(waiver -> waivers + ": no point that is not used is a " + waiver + "; remove the waiver")
                    .toList());
        }
        boolean good = after(score, CoveragePoint.Kind.LINE) >= LEAST_LINES
                && after(score, CoveragePoint.Kind.TOGGLE) >= LEAST_TOGGLES;
        return good ? ExitCode.OK : ExitCode.DIFFERENCE;
    }

    private static double after(CoverageScore score, CoveragePoint.Kind kind) {
        return score.all().getOrDefault(kind, new Counts(0, 0, 0, 0)).after();
    }
}
