package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.cosim.regress.JUnitReader;
import h2learn.cosim.regress.JUnitWriter;
import h2learn.cosim.regress.Merge;
import h2learn.cosim.regress.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins the reports of a regression's shards. */
@Command(
        name = "merge",
        description = {
            "Joins the JUnit reports of all shards of a regression to the report that one run of the whole would have"
                    + " written. Reports of another seed or count, missing shards and missing cases are refused by name.",
            "Exit code 1 when a case did not pass."
        },
        footer = {"", "Examples:", "  h2learn regress merge report-*.xml --out report.xml --dimensions"})
final class RegressMergeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The shards' reports, as --junit wrote them.")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Write the whole report there, in JUnit's XML format.")
    private Path target = Path.of("");

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Spec
    private CommandSpec spec;

    RegressMergeCommand() {}

    @Override
    public Integer call() {
        OutputPlace.check(target);
        coverage.check();
        Map<String, Report> reports = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                if (reports.put(file.toString(), JUnitReader.read(file)) != null) {
                    problems.add(file + ": is given twice; give each report once");
                }
            } catch (InvalidInputException invalid) {
                problems.addAll(invalid.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Report whole = Merge.of(reports);
        PrintWriter out = spec.commandLine().getOut();
        RegressText text = new RegressText(out);
        text.beginning(whole.selection(), whole.selection().cases());
        text.report(whole);
        coverage.report(whole, out);
        OutputPlace.write(target, JUnitWriter.of(whole));
        return whole.passed() ? ExitCode.OK : ExitCode.DIFFERENCE;
    }
}
