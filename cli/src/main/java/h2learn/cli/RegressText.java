package h2learn.cli;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.CaseReport;
import h2learn.cosim.regress.DimensionCoverage;
import h2learn.cosim.regress.Outcome;
import h2learn.cosim.regress.Report;
import h2learn.cosim.regress.Selection;
import java.io.PrintWriter;
import java.util.List;

/** What a regression prints on standard output. */
final class RegressText {
    private final PrintWriter out;

    RegressText(PrintWriter out) {
        this.out = out;
    }

    /** Before anything is run: what it takes to run it again. */
    void beginning(Selection selection, List<CaseId> cases) {
        out.println("seed: " + selection.seed());
        out.println("shard: " + selection.shard());
        long accelerators = cases.stream().map(CaseId::accelerator).distinct().count();
        out.println("cases: " + cases.size() + " on " + accelerators
                + (accelerators == 1 ? " accelerator" : " accelerators"));
    }

    void report(Report report) {
        for (Outcome outcome : Outcome.values()) {
            out.println(outcome.text() + ": " + report.count(outcome));
        }
        out.println("words compared: "
                + report.cases().stream().mapToLong(CaseReport::words).sum());
        out.println("clock cycles: "
                + report.cases().stream().mapToLong(CaseReport::cycles).sum());
        DimensionCoverage coverage = DimensionCoverage.of(report);
        out.println("values of dimensions seen: "
                + (coverage.values().size() - coverage.never().size()) + " of "
                + coverage.values().size());
        for (CaseReport failure : report.failures()) {
            out.println(failure(failure));
            out.println("  to repeat it: h2learn regress --only " + failure.id());
        }
    }

    /** For example {@code case 42-3-17 failed: mismatch: ...}. */
    static String failure(CaseReport report) {
        return "case " + report.id() + " " + report.outcome().text() + ": "
                + report.message().strip().replace("\n", "\n  ");
    }
}
