package h2learn.cli;

import h2learn.cosim.regress.DimensionCoverage;
import h2learn.cosim.regress.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is told of the dimensions that a regression's cases were drawn from. */
final class CoverageOptions {
    @Option(
            names = "--dimensions",
            description =
                    "Print a table of all values of all dimensions: how many cases had each, how many of them passed,"
                            + " and for which reasons what was drawn was not used.")
    private boolean table;

    @Option(names = "--coverage", paramLabel = "FILE", description = "Write the same as JSON.")
    private @Nullable Path file;

    void check() {
        if (file != null) {
            OutputPlace.check(file);
        }
    }

    void report(Report report, PrintWriter out) {
        DimensionCoverage coverage = DimensionCoverage.of(report);
        if (table) {
            coverage.table().forEach(out::println);
        }
        if (file != null) {
            OutputPlace.write(file, coverage.json());
        }
    }
}
