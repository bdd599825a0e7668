package h2learn.cosim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.CaseReport;
import h2learn.cosim.regress.Outcome;
import h2learn.cosim.regress.Report;
import h2learn.cosim.regress.Selection;
import h2learn.cosim.regress.Shard;
import h2learn.cosim.report.ConfigStatus.Status;
import h2learn.cosim.report.CoverageResult.Counts;
import h2learn.cosim.report.MarkdownTables.Block;
import h2learn.cosim.report.MutationResult.Open;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    /** What a page could load something with, be it in text that a file brought. */
    private static final Pattern LOADS =
            Pattern.compile("(?i)<(script|link|img|iframe|object|embed|image|use)|\\b(src|href)=|url\\(|@import");

    private static final String EVIL = "<script src='http://x/y.js'>&\"</script>";
    private static final Map<String, Double> BARS = Map.of("line", 0.95, "toggle", 0.9);

    private static LockStepResult lockStep(String config, String hash, String failure) {
        return new LockStepResult(config, hash, "net", 2, 1234, 99, failure);
    }

    private static Results results(
            List<LockStepResult> lockSteps,
            Optional<CoverageResult> coverage,
            Optional<MutationResult> mutants,
            Optional<MarkdownTables> contract) {
        return new Results(
                new TreeMap<>(Map.of("one", "aaaa", "two", "bbbb")),
                lockSteps.stream()
                        .map(value -> new Sourced<>("lockstep.json", value))
                        .toList(),
                Optional.empty(),
                BARS,
                coverage.map(value -> new Sourced<>("coverage.json", value)),
                mutants.map(value -> new Sourced<>("mutants.json", value)),
                contract.map(value -> new Sourced<>("contract.md", value)),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Results lockSteps(LockStepResult... all) {
        return results(List.of(all), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Status status(Results results) {
        return ConfigStatus.of("one", "aaaa", results).status();
    }

    private static CoverageResult coverage(double lines) {
        Counts counts = new Counts(100, 90, 2, 0.9, lines);
        return new CoverageResult(
                "one",
                Map.of("line", counts),
                new TreeMap<>(Map.of("M" + EVIL, Map.of("line", counts))),
                List.of("line " + EVIL),
                new TreeMap<>(Map.of("since " + EVIL, 2)));
    }

    private static MutationResult mutants(long survived) {
        Map<String, Long> counts = Map.of("survived", survived);
        return new MutationResult(
                "one",
                3,
                0.75,
                Map.of("part" + EVIL, counts),
                counts,
                List.of(new Open("survived", EVIL, EVIL, EVIL), new Open("explained", "b", "B.v:2", "reason " + EVIL)));
    }

    private static MarkdownTables contract(String kept) {
        return new MarkdownTables(List.of(
                new Block(2, "net on one", List.of(), List.of()),
                new Block(0, "", List.of("what", "kept"), List.of(List.of("speed " + EVIL, kept)))));
    }

    @Test
    void theStatusOfAConfigurationFollowsFromWhatWasRun() {
        LockStepResult good = lockStep("one", "aaaa", "");
        assertEquals(Status.OPEN, status(lockSteps()));
        assertEquals(Status.OPEN, status(lockSteps(lockStep("two", "aaaa", ""))), "of another one");
        assertEquals(Status.OPEN, status(lockSteps(lockStep("one", "cccc", ""))), "of an earlier version");
        assertEquals(Status.PROVED, status(lockSteps(good)));
        assertEquals(Status.BROKEN, status(lockSteps(good, lockStep("one", "aaaa", "UPDATE wrote a wrong W"))));
        List<LockStepResult> run = List.of(good);
        for (boolean bar : new boolean[] {true, false}) {
            Status expected = bar ? Status.PROVED : Status.PARTLY;
            assertEquals(
                    expected,
                    status(results(run, Optional.of(coverage(bar ? 0.95 : 0.9)), Optional.empty(), Optional.empty())));
            assertEquals(
                    expected,
                    status(results(run, Optional.empty(), Optional.of(mutants(bar ? 0 : 1)), Optional.empty())));
            assertEquals(
                    expected,
                    status(results(
                            run, Optional.empty(), Optional.empty(), Optional.of(contract(bar ? "yes" : "no")))));
        }
    }

    @Test
    void whatIsMissingIsShownAsNotRunWithItsCommand() {
        String page = ReportPage.of(lockSteps());
        for (String command : List.of(
                "h2learn cosim --network fashion-mlp --config two",
                "<code>h2learn regress ",
                "<code>h2learn coverage ",
                "<code>h2learn mutate ",
                "<code>h2learn bench contract ",
                "<code>h2learn bench cosim ",
                "<code>h2learn bench scaling ")) {
            assertTrue(page.contains(command), command);
        }
        assertTrue(page.contains("<td class=\"grey\">not proved</td>"), page);
        String legend = page.substring(page.indexOf("what it means"));
        assertFalse(page.replace(legend, "").contains("class=\"red\""), "nothing is wrong");
    }

    private static Results everything() {
        Selection selection = new Selection(9, 2, 2, Shard.WHOLE);
        List<CaseReport> cases = new ArrayList<>();
        for (CaseId id : selection.cases()) {
            Outcome outcome = cases.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
            String message = cases.isEmpty() ? "" : "mismatch " + EVIL;
            cases.add(new CaseReport(id, outcome, message, 10, 20, 1.5, Map.of("lanes", "4"), new TreeMap<>()));
        }
        Results some = results(
                List.of(lockStep("one", "aaaa", ""), lockStep("two", "bbbb", "differs " + EVIL)),
                Optional.of(coverage(0.9)),
                Optional.of(mutants(1)),
                Optional.of(contract("no")));
        return new Results(
                some.configs(),
                some.lockSteps(),
                Optional.of(new Sourced<>("regress.xml", new Report(selection, cases))),
                BARS,
                some.coverage(),
                some.mutants(),
                some.contract(),
                Optional.of(new Sourced<>(
                        EVIL, new MarkdownTables(List.of(new Block(0, "rounds " + EVIL, List.of(), List.of()))))),
                Optional.empty(),
                List.of(new Sourced<>("scaling-lanes.svg", new Plot("<svg></svg>\n"))));
    }

    @Test
    void allThatWasFoundIsInThePage() {
        String page = ReportPage.of(everything());
        for (String part : List.of(
                "<td class=\"yellow\">partly proved</td>",
                "<td class=\"red\">broken</td>",
                "net in lock-step: 1234 words equal",
                "Seed 9, shard 1/1: 2 cases, 20 words compared, 40 clock cycles.",
                "<td class=\"green\">passed</td><td>1</td>",
                "<td class=\"red\">failed</td><td>1</td>",
                "<td>h2learn regress --only 9-0-1</td>",
                "<td>lanes</td><td class=\"red\">4</td><td>2</td><td>1</td>",
                "<td class=\"yellow\">8</td><td>0</td><td>0</td><td>never drawn</td>",
                "<td class=\"red\">line</td><td>100</td><td>90</td><td>2</td><td>90.0 %</td><td>90.0 %</td><td>95.0 %</td>",
                "seed 3: 75.0 % caught",
                "<td class=\"red\">no</td>",
                "<figure>\n<svg></svg>")) {
            assertTrue(page.contains(part), part + " is not in\n" + page);
        }
    }

    @Test
    void textOfFilesStaysTextAndNothingIsLoaded() {
        String page = ReportPage.of(everything());
        String escaped = "&lt;script src=&#39;http://x/y.js&#39;&gt;&amp;&quot;&lt;/script&gt;";
        for (String before : List.of("mismatch ", "differs ", "since ", "M", "part", "speed ", "rounds ", "reason ")) {
            assertTrue(page.contains(before + escaped), before);
        }
        assertFalse(page.contains("<script"), page);
        // what is left of the evil text has lost its quotes
        assertFalse(LOADS.matcher(page.replace(escaped, "")).find(), page);
    }

    @Test
    void theSameResultsGiveTheSamePage() {
        assertEquals(ReportPage.of(everything()), ReportPage.of(everything()));
        assertFalse(Pattern.compile("20\\d\\d-\\d\\d|\\d\\d:\\d\\d")
                .matcher(ReportPage.of(everything()))
                .find());
    }
}
