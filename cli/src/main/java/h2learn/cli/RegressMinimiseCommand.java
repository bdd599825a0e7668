package h2learn.cli;

import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.failure.Minimiser;
import h2learn.cosim.failure.Minimiser.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a failing case smaller. */
@Command(
        name = "minimise",
        description = {
            "Makes a failing case smaller while it still fails in the same way: fewer updates, samples, layers, steps,"
                    + " channels, a simpler plan and bus timing; then fewer lanes and a simpler config. Prints each"
                    + " reduction that was kept. The same file always gives the same smaller one.",
            "Exit code 0 when the case failed and the smaller one is written, 1 when the case passes."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn regress minimise case.yaml",
            "  h2learn regress minimise case.yaml --out cosim/src/test/resources/crashers/pool.yaml --builds 0"
        })
final class RegressMinimiseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A case that fails.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The smaller case. Default: the name of FILE with .min before .yaml.")
    private @Nullable Path out;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "300",
            description = "Run at most N smaller cases. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--builds",
            paramLabel = "N",
            defaultValue = "12",
            description = "Of those, at most N on another accelerator, which has to be built first. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int builds;

    @Spec
    private CommandSpec spec;

    RegressMinimiseCommand() {}

    @Override
    public Integer call() {
        DataOptions.atLeast("--runs", runs, 0);
        DataOptions.atLeast("--builds", builds, 0);
        Case large = new CaseFile().read(file);
        PrintWriter printed = spec.commandLine().getOut();
        Optional<Outcome> outcome = Minimiser.minimise(large, new Minimiser.Limits(runs, builds), line -> {
            printed.println(line);
            printed.flush();
        });
        if (outcome.isEmpty()) {
            printed.println("case " + large.id() + " passes: there is nothing to make smaller");
            return ExitCode.DIFFERENCE;
        }
        Path target = out == null ? smaller(file) : out;
        CaseFile.write(target, outcome.get().smallest());
        printed.println(outcome.get().runs() + " smaller cases run; " + target + " fails so:");
        printed.println(outcome.get().failed().message());
        return ExitCode.OK;
    }

    private static Path smaller(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.replaceFirst("(\\.yaml)?$", ".min.yaml"));
    }
}
