package h2learn.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether long work shows a progress bar. */
final class ProgressOption {
    @Option(
            names = "--progress",
            negatable = true,
            description = "Show a progress bar on standard error. Default: only on a terminal.")
    private @Nullable Boolean wanted;

    Progress bar(PrintWriter err, String task, String unit, long total) {
        return Progress.of(shown(), err, task, unit, total);
    }

    /** Whether there is a bar. */
    boolean shown() {
        return wanted == null ? Progress.terminal() : wanted;
    }
}
