package h2learn.cosim.report;

import h2learn.cosim.regress.CaseReport;
import h2learn.cosim.regress.DimensionCoverage;
import h2learn.cosim.regress.DimensionCoverage.Value;
import h2learn.cosim.regress.Outcome;
import h2learn.cosim.regress.Report;
import h2learn.cosim.report.Html.Cell;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last regression: outcomes, what did not pass, and which values of dimensions were seen. */
final class RegressionSection {
    private static final int MOST_FAILURES = 100;

    private RegressionSection() {}

    static String html(Sourced<Report> sourced) {
        Report report = sourced.value();
        StringBuilder html = new StringBuilder(Html.source(sourced.file()));
        html.append(Html.paragraph("Seed " + report.selection().seed() + ", shard "
                + report.selection().shard() + ": "
                + report.cases().size() + " cases, "
                + report.cases().stream().mapToLong(CaseReport::words).sum() + " words compared, "
                + report.cases().stream().mapToLong(CaseReport::cycles).sum() + " clock cycles."));
        List<List<Cell>> outcomes = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count = report.count(outcome);
            boolean good = outcome == Outcome.PASSED || count == 0;
            outcomes.add(List.of(new Cell(outcome.text(), Colour.of(good)), Cell.of(count)));
        }
        html.append(Html.table(List.of("outcome", "cases"), outcomes));
        List<CaseReport> failures = report.failures();
        if (!failures.isEmpty()) {
            List<List<Cell>> rows = new ArrayList<>();
            for (CaseReport failure : failures.subList(0, Math.min(MOST_FAILURES, failures.size()))) {
                rows.add(List.of(
                        new Cell(failure.outcome().text(), Colour.RED),
                        Cell.of(failure.message()),
                        Cell.of("h2learn regress --only " + failure.id())));
            }
            html.append(Html.table(List.of("outcome", "message", "to repeat it"), rows));
            if (failures.size() > MOST_FAILURES) {
                html.append(Html.paragraph("and " + (failures.size() - MOST_FAILURES) + " more"));
            }
        }
        return html.toString();
    }

    static String dimensions(Sourced<Report> sourced) {
        DimensionCoverage coverage = DimensionCoverage.of(sourced.value());
        List<List<Cell>> rows = new ArrayList<>();
        String last = "";
        for (Value value : coverage.values()) {
            Colour colour = value.cases() > 0
                    ? Colour.of(value.passed() == value.cases())
                    : value.reasons().isEmpty() ? Colour.YELLOW : Colour.GREY;
            String refused = counted(value.reasons());
            rows.add(List.of(
                    Cell.of(value.dimension().equals(last) ? "" : value.dimension()),
                    new Cell(value.value(), colour),
                    Cell.of(value.cases()),
                    Cell.of(value.passed()),
                    Cell.of(value.cases() == 0 && refused.isEmpty() ? "never drawn" : refused)));
            last = value.dimension();
        }
        return Html.paragraph("Values seen: "
                        + (coverage.values().size() - coverage.never().size()) + " of "
                        + coverage.values().size()
                        + ". Green: all its cases passed. Red: one did not. Grey: never seen, for the reasons named."
                        + " Yellow: never seen, and nothing speaks against it.")
                + Html.details(
                        "all values", Html.table(List.of("dimension", "value", "cases", "passed", "refused"), rows));
    }

    private static String counted(Map<String, Integer> reasons) {
        List<String> lines = new ArrayList<>();
        reasons.forEach((reason, times) -> lines.add(times + "x " + reason));
        return String.join("; ", lines);
    }
}
