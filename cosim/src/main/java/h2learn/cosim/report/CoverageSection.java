package h2learn.cosim.report;

import h2learn.cosim.report.CoverageResult.Counts;
import h2learn.cosim.report.Html.Cell;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Coverage of the Verilog, and why some of it need not be covered. */
final class CoverageSection {
    private static final int MOST_POINTS = 500;

    private CoverageSection() {}

    /** Whether all bars are kept. */
    static boolean kept(CoverageResult coverage, Map<String, Double> bars) {
        return coverage.all().entrySet().stream()
                .allMatch(entry -> entry.getValue().after() >= bars.getOrDefault(entry.getKey(), 0.0));
    }

    /** In one line. */
    static String summary(CoverageResult coverage) {
        List<String> kinds = new ArrayList<>();
        coverage.all().forEach((kind, counts) -> kinds.add(kind + " " + percent(counts.after())));
        return String.join(", ", kinds) + " of what is not waived";
    }

    static String html(Sourced<CoverageResult> sourced, Map<String, Double> bars) {
        CoverageResult coverage = sourced.value();
        StringBuilder html = new StringBuilder(Html.source(sourced.file()));
        html.append(Html.paragraph("Of the accelerator " + coverage.config()
                + ". Green: at its bar or above. Red: below it. Kinds without a bar have no colour."));
        List<List<Cell>> rows = new ArrayList<>();
        coverage.all().forEach((kind, counts) -> {
            Double bar = bars.get(kind);
            rows.add(row(kind, bar == null ? Colour.NONE : Colour.of(counts.after() >= bar), counts, bar));
        });
        List<String> header = List.of("kind", "points", "used", "waived", "used of all", "used of the rest", "bar");
        html.append(Html.table(header, rows));
        List<List<Cell>> modules = new ArrayList<>();
        coverage.modules()
                .forEach((module, kinds) -> kinds.forEach((kind, counts) -> {
                    if (counts.used() + counts.waived() < counts.points()) {
                        modules.add(row(module + ", " + kind, Colour.NONE, counts, null));
                    }
                }));
        html.append(Html.details("modules that miss something: " + modules.size(), Html.table(header, modules)));
        List<String> missing = coverage.missing();
        List<List<Cell>> points = missing.stream()
                .limit(MOST_POINTS)
                .map(point -> List.of(Cell.of(point)))
                .toList();
        String more = missing.size() > MOST_POINTS
                ? Html.paragraph("and " + (missing.size() - MOST_POINTS) + " more, see the file")
                : "";
        html.append(Html.details(
                "points that nothing covers: " + missing.size(), Html.table(List.of("point"), points) + more));
        return html.toString();
    }

    static String waivers(Sourced<CoverageResult> sourced) {
        List<List<Cell>> rows = new ArrayList<>();
        sourced.value().waived().forEach((reason, points) -> rows.add(List.of(Cell.of(points), Cell.of(reason))));
        return Html.source(sourced.file()) + Html.table(List.of("points waived", "reason"), rows);
    }

    private static List<Cell> row(String name, Colour colour, Counts counts, @Nullable Double bar) {
        return List.of(
                new Cell(name, colour),
                Cell.of(counts.points()),
                Cell.of(counts.used()),
                Cell.of(counts.waived()),
                Cell.of(percent(counts.before())),
                Cell.of(percent(counts.after())),
                Cell.of(bar == null ? "" : percent(bar)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
