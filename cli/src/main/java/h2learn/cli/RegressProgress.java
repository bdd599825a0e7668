package h2learn.cli;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.CaseReport;
import h2learn.cosim.regress.FailureFiles;
import h2learn.cosim.regress.Regression;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error how a regression goes on: the bar, or, where there is none, a line before and after each case, so that a log
 * shows what was at work when the machine itself went down. Failures are told at once.
 */
final class RegressProgress implements Regression.Listener {
    private final Progress bar;
    private final PrintWriter err;
    private final boolean shown;
    private final @Nullable FailureFiles files;
    private int done;

    /** @param shown whether there is a bar */
    RegressProgress(Progress bar, PrintWriter err, boolean shown, @Nullable FailureFiles files) {
        this.bar = bar;
        this.err = err;
        this.shown = shown;
        this.files = files;
    }

    @Override
    public void begun(CaseId id) {
        if (!shown) {
            err.println("case " + id);
        }
    }

    @Override
    public void done(CaseReport report) {
        if (!report.passed()) {
            bar.makeWay();
            err.println(RegressText.failure(report));
            if (files != null) {
                files.keep(report);
            }
        } else if (!shown) {
            err.printf("case %s passed, %.1f s%n", report.id(), report.seconds());
        }
        bar.reach(++done);
    }
}
