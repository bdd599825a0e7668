package h2learn.cli;

import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.cases.CaseRun;
import h2learn.cosim.failure.FailureFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one case from its file. */
@Command(
        name = "replay",
        description = {
            "Runs a case from its file, which holds all that it depends on: config, network, plan, seed, bus timing and"
                    + " edits of the Verilog.",
            "Exit code 0 when it passes, 1 when it fails."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn regress replay case.yaml",
            "  h2learn regress replay case.yaml --folder build/failure --waves 2000"
        })
final class RegressReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A case, as a regression or 'regress minimise' wrote it.")
    private Path file = Path.of("");

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "When it fails, write everything about the failure there.")
    private @Nullable Path folder;

    @Option(
            names = "--waves",
            paramLabel = "CYCLES",
            defaultValue = "0",
            description = "With --folder: also FST waves of so many clock cycles before the failure, from a second run."
                    + " The simulation is built again for them. Default: ${DEFAULT-VALUE}, none.")
    private int waves;

    @Spec
    private CommandSpec spec;

    RegressReplayCommand() {}

    @Override
    public Integer call() {
        DataOptions.atLeast("--waves", waves, 0);
        Case run = new CaseFile().read(file);
        CaseResult result = folder == null ? CaseRun.run(run, null) : FailureFolder.run(run, folder, waves);
        PrintWriter out = spec.commandLine().getOut();
        if (result instanceof Failed failed) {
            out.println("case " + run.id() + ": " + failed.kind().name().toLowerCase(Locale.ROOT));
            out.println(failed.message());
            if (folder != null) {
                out.println("see " + folder + ", and: h2learn cosim show " + folder);
            }
            return ExitCode.DIFFERENCE;
        }
        Passed passed = (Passed) result;
        out.printf("case %s: passed, %d words equal, %d cycles%n", run.id(), passed.words(), passed.cycles());
        return ExitCode.OK;
    }
}
