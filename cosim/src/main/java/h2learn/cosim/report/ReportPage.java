package h2learn.cosim.report;

import h2learn.cosim.report.ConfigStatus.Status;
import h2learn.cosim.report.Html.Cell;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The whole page: one file that loads nothing. The same results give the same bytes. */
public final class ReportPage {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>h2learn: what is proved</title>
            <style>
            body { font-family: sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
            table { border-collapse: collapse; margin: 0.5rem 0 1rem; }
            th, td { border: 1px solid #bbb; padding: 0.2rem 0.6rem; text-align: left; vertical-align: top;
              white-space: pre-line; overflow-wrap: anywhere; }
            th { background: #eee; }
            .green { background: #bfe5cf; }
            .yellow { background: #fbe7a3; }
            .red { background: #f5b7ae; }
            .grey { background: #ddd; }
            .source { color: #666; font-size: 0.85rem; }
            figure { display: inline-block; width: 34rem; max-width: 100%; margin: 0.5rem; }
            </style>
            </head>
            <body>
            <h1>h2learn: what is proved</h1>
            """;

    private final Results results;

    private ReportPage(Results results) {
        this.results = results;
    }

    /** The page. */
    public static String of(Results results) {
        return new ReportPage(results).html();
    }

    private String html() {
        return HEAD
                + section("Status of the named configurations", status())
                + section(
                        "Last regression",
                        orNotRun(
                                results.regression(),
                                RegressionSection::html,
                                "h2learn regress --count 1000 --junit build/results/regress.xml"))
                + section(
                        "Coverage of dimensions",
                        orNotRun(
                                results.regression(),
                                RegressionSection::dimensions,
                                "h2learn regress --count 1000 --junit build/results/regress.xml"))
                + section(
                        "Coverage of the Verilog",
                        orNotRun(
                                results.coverage(),
                                found -> CoverageSection.html(found, results.coverageBars()),
                                coverage()))
                + section("Waivers", orNotRun(results.coverage(), CoverageSection::waivers, coverage()))
                + section(
                        "Mutation score",
                        orNotRun(
                                results.mutants(),
                                MutationSection::html,
                                "h2learn mutate --mutants 550 --out build/results/mutants.json"))
                + section(
                        "Contract",
                        orNotRun(
                                results.contract(),
                                MeasurementSection::contract,
                                "h2learn bench contract --out build/results/contract.md"))
                + section(
                        "Speed of the cosimulation",
                        orNotRun(
                                results.speed(),
                                MeasurementSection::all,
                                "h2learn bench cosim --network fashion-mlp --config base --out"
                                        + " build/results/cosim-speed.md"))
                + section("Scaling", scaling())
                + "</body>\n</html>\n";
    }

    private static String coverage() {
        return "h2learn coverage --config tiny --waivers ci/coverage-waivers.yaml --out build/results/coverage.json";
    }

    private static String section(String title, String html) {
        return "<h2>" + Html.text(title) + "</h2>\n" + html;
    }

    private static <T> String orNotRun(Optional<Sourced<T>> result, Function<Sourced<T>, String> html, String command) {
        return result.map(html).orElseGet(() -> Html.notRun(command));
    }

    private String status() {
        List<List<Cell>> rows = new ArrayList<>();
        results.configs().forEach((config, hash) -> {
            ConfigStatus status = ConfigStatus.of(config, hash, results);
            rows.add(List.of(
                    Cell.of(config),
                    Cell.of(hash),
                    new Cell(status.status().label(), status.status().colour()),
                    Cell.of(String.join("\n", status.notes()))));
        });
        List<List<Cell>> legend = new ArrayList<>();
        for (Status status : Status.values()) {
            legend.add(List.of(new Cell(status.label(), status.colour()), Cell.of(status.meaning())));
        }
        return Html.table(List.of("configuration", "hash", "status", "what was run"), rows)
                + Html.table(List.of("status", "what it means"), legend);
    }

    private String scaling() {
        String command = "h2learn bench scaling --out build/results";
        return orNotRun(results.scaling(), found -> Html.details("tables", MeasurementSection.all(found)), command)
                + MeasurementSection.plots(results.plots());
    }
}
