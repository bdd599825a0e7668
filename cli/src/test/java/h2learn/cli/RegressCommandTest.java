package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.CaseReport;
import h2learn.cosim.regress.JUnitReader;
import h2learn.cosim.regress.JUnitWriter;
import h2learn.cosim.regress.Report;
import h2learn.cosim.regress.Selection;
import h2learn.cosim.regress.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegressCommandTest {
    private static final Selection WHOLE = new Selection(9, 5, 2, Shard.WHOLE);

    @TempDir
    private Path folder;

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        Outcome.of("regress", "--count", "0").refused("--count: 0");
        Outcome.of("regress", "--jobs", "0").refused("--jobs: 0");
        Outcome.of("regress", "--cases-per-accelerator", "0").refused("--cases-per-accelerator: 0");
        Outcome.of("regress", "--time-limit", "0").refused("--time-limit: 0");
        Outcome.of("regress", "--seed", "-1").refused("--seed: -1 is negative");
        Outcome.of("regress", "--shard", "1/2").refused("--shard: parts of one regression need one seed");
        Outcome.of("regress", "--seed", "1", "--shard", "3/2").refused("there is no part 3 of 2");
        Outcome.of("regress", "--seed", "1", "--shard", "auto").refused("neither SLURM_ARRAY_TASK_ID");
        Outcome.of("regress", "--only", "17").refused("17 is no case; use SEED-ACCELERATOR-NUMBER");
        Outcome.of("regress", "--only", "1-2-3", "--seed", "1").refused("--only: 1-2-3 says its seed itself");
        Outcome.of("regress", "--junit", "/dev/null/report.xml").refused("/dev/null/report.xml");
        Outcome.of("regress", "--coverage", "/dev/null/c.json").refused("/dev/null/c.json");
        Outcome.of("regress", "--failures", "/dev/null/failures").refused("/dev/null/failures");
    }

    @Test
    void editsThatMakeNoSenseAreRefusedBeforeAnythingRuns() throws IOException {
        Path edits = Files.writeString(folder.resolve("edits.yaml"), "edits:\n- {module: A, fnd: b, replace: c}\n");
        Outcome refused = Outcome.of("regress", "--count", "1", "--edits", edits.toString());
        refused.refused("edits[0].fnd", "find");
        assertEquals("", refused.out());
        Outcome.of("regress", "--edits", folder.resolve("none.yaml").toString()).refused("none.yaml: no such file");
    }

    @Test
    void mergeGivesTheSummaryOfTheWhole() throws IOException {
        Path first = write("1.xml", WHOLE.with(new Shard(1, 2)));
        Path second = write("2.xml", WHOLE.with(new Shard(2, 2)));
        Path out = folder.resolve("whole.xml");
        Path json = folder.resolve("coverage.json");
        Outcome merged = Outcome.of(
                "regress",
                "merge",
                second.toString(),
                first.toString(),
                "--out",
                out.toString(),
                "--dimensions",
                "--coverage",
                json.toString());
        assertEquals(ExitCode.DIFFERENCE, merged.code(), merged.err());
        assertEquals("9", merged.value("seed"));
        assertEquals("1/1", merged.value("shard"));
        assertEquals("5 on 3 accelerators", merged.value("cases"));
        assertEquals("4", merged.value("passed"));
        assertEquals("1", merged.value("crashed"));
        assertEquals("crashed with signal 9 (SIGKILL)", merged.value("case 9-1-1 crashed"));
        assertTrue(merged.out().contains("  to repeat it: h2learn regress --only 9-1-1\n"), merged.out());
        assertTrue(merged.out().contains("dimension "), merged.out());
        assertTrue(Files.readString(json).contains("\"crashed\" : 1"), Files.readString(json));
        assertEquals(report(WHOLE), JUnitReader.read(out));
    }

    @Test
    void mergeRefusesForeignAndMissingReports() throws IOException {
        Path first = write("1.xml", WHOLE.with(new Shard(1, 2)));
        Path other = write("2.xml", new Selection(8, 5, 2, new Shard(2, 2)));
        Path bad = Files.writeString(folder.resolve("bad.xml"), "<html/>");
        Path out = folder.resolve("whole.xml");
        merge(out, first).refused("of seed 9 shard 2/2 is missing");
        merge(out, first, other).refused("2.xml: its seed is 8, that of ");
        merge(out, first, first).refused("1.xml: is given twice");
        merge(out, first, bad, folder.resolve("none.xml"))
                .refused("bad.xml: is no report of h2learn regress", "none.xml: cannot be read: no such file");
        assertFalse(Files.exists(out));
        Outcome.of("regress", "merge", first.toString()).refused("--out");
    }

    private static Outcome merge(Path out, Path... files) {
        List<String> arguments = new ArrayList<>(List.of("regress", "merge", "--out", out.toString()));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        return Outcome.of(arguments.toArray(String[]::new));
    }

    private Path write(String name, Selection selection) throws IOException {
        return Files.writeString(folder.resolve(name), JUnitWriter.of(report(selection)));
    }

    /** One case of the whole crashes. */
    private static Report report(Selection selection) {
        List<CaseReport> cases = new ArrayList<>();
        for (CaseId id : selection.cases()) {
            boolean crashes = id.equals(new CaseId(9, 1, 1));
            cases.add(new CaseReport(
                    id,
                    crashes ? h2learn.cosim.regress.Outcome.CRASHED : h2learn.cosim.regress.Outcome.PASSED,
                    crashes ? "crashed with signal 9 (SIGKILL)" : "",
                    crashes ? 0 : 7,
                    crashes ? 0 : 70,
                    0.5,
                    Map.of("lanes", "4"),
                    new TreeMap<>()));
        }
        return new Report(selection, cases);
    }
}
