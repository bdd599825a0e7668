package h2learn.cosim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.cosim.report.MarkdownTables.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    private static final String COVERAGE =
            """
            {"config": "tiny",
             "all": {"toggle": {"points": 4, "used": 1, "removed": 1, "waived": 1, "before": 0.25, "after": 0.5}},
             "modules": {},
             "missing": ["toggle A.v:1 x[0]"],
             "removed": {"toggle A.v:1 x[1]": "constant"},
             "waived": {"toggle A.v:1 x[2]": "never", "toggle A.v:1 x[3]": "never"}}
            """;
    private static final String MUTANTS =
            """
            {"config": "tiny", "seed": 5, "score": 0.5,
             "parts": {"loss": {"caught": 1, "survived": 1}, "pool": {"caught": 0, "survived": 0}},
             "all": {"caught": 1, "survived": 1},
             "mutants": [
              {"number": 1, "outcome": "caught", "change": "a", "sources": [], "by": "dense", "message": "m"},
              {"number": 2, "outcome": "survived", "change": "b", "sources": ["B.v:1", "B.v:2"], "by": "", "message": ""},
              {"number": 3, "outcome": "explained", "change": "c", "sources": [], "by": "", "message": "",
               "explanation": "because"}]}
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("result"), text);
    }

    private void refused(String text, Function<Path, ?> reader, String reason) throws IOException {
        Path path = file(text);
        String message = assertThrows(InvalidInputException.class, () -> reader.apply(path))
                .getMessage();
        assertTrue(message.startsWith(path.toString()) && message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void aRunInLockStepIsReadAsItWasWritten() throws IOException {
        LockStepResult result = new LockStepResult("tiny", "abc", "net", 2, 3, 4, "a \"wrong\" u\nsecond line");
        assertEquals(result, LockStepResult.read(file(result.json())));
        refused("{\"config\": \"tiny\"}", LockStepResult::read, "'h2learn cosim --out': 'hash' is missing or not text");
        refused(result.json().replace(": 3", ": -3"), LockStepResult::read, "'wordsEqual' is missing or not a count");
    }

    @Test
    void coverageIsRead() throws IOException {
        CoverageResult coverage = CoverageResult.read(file(COVERAGE));
        assertEquals("tiny", coverage.config());
        assertEquals(
                new CoverageResult.Counts(4, 1, 2, 0.25, 0.5), coverage.all().get("toggle"));
        assertEquals(2, coverage.waived().get("never"));
        assertEquals(List.of("toggle A.v:1 x[0]"), coverage.missing());
        refused(COVERAGE.substring(0, 90), CoverageResult::read, "it is no JSON");
        refused(COVERAGE + "{}", CoverageResult::read, "it is no JSON");
        refused("[]", CoverageResult::read, "it holds no JSON object");
        refused("", CoverageResult::read, "it holds no JSON object");
        refused(COVERAGE.replace("0.5", "5"), CoverageResult::read, "'after' is missing or not a share");
        refused(COVERAGE.replace("[", "{").replace("]", "}"), CoverageResult::read, "it is no JSON");
        refused(MUTANTS, CoverageResult::read, "'modules' is missing or not an object");
        assertThrows(InvalidInputException.class, () -> CoverageResult.read(folder.resolve("none")));
    }

    @Test
    void mutantsAreRead() throws IOException {
        MutationResult mutants = MutationResult.read(file(MUTANTS));
        assertEquals(List.of("loss"), List.copyOf(mutants.parts().keySet()), "parts without mutants are left out");
        assertEquals(
                List.of(
                        new MutationResult.Open("survived", "b", "B.v:1 B.v:2", "not explained"),
                        new MutationResult.Open("explained", "c", "", "because")),
                mutants.open());
        assertFalse(mutants.clean());
        refused(MUTANTS.replace("\"change\": \"b\", ", ""), MutationResult::read, "'change' is missing");
        refused(COVERAGE, MutationResult::read, "'parts' is missing");
    }

    @Test
    void tablesAreRead() throws IOException {
        Function<Path, MarkdownTables> read = path -> MarkdownTables.read(path, "h2learn bench contract --out", "kept");
        MarkdownTables tables = read.apply(file("## a on b\n\n| what | kept |\n|---|---|\n| x | yes |\n\nmore\n"));
        assertEquals(
                List.of(
                        new Block(2, "a on b", List.of(), List.of()),
                        new Block(0, "", List.of("what", "kept"), List.of(List.of("x", "yes"))),
                        new Block(0, "more", List.of(), List.of())),
                tables.blocks());
        refused("", read, "it has no table with a column 'kept'");
        refused("| what |\n|---|\n", read, "it has no table with a column 'kept'");
        refused("| what | kept |\n|---|---|\n| x |\n", read, "'| x |' has 1 cells under 2");
        Files.write(folder.resolve("result"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path binary = folder.resolve("result");
        assertTrue(assertThrows(InvalidInputException.class, () -> read.apply(binary))
                .getMessage()
                .contains("it is no text"));
    }

    @Test
    void aPlotMayOnlyDraw() throws IOException {
        String plot = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text x=\"1\">a &lt; b</text></svg>";
        assertEquals(
                plot + "\n",
                Plot.read(file("<?xml version=\"1.0\"?>\n<!-- <svg --><svg xmlns=\"http://www.w3.org/2000/svg\">"
                                + "<text x=\"1\">a <![CDATA[< b]]></text></svg>"))
                        .svg());
        for (String inner : List.of(
                "<script>1</script>",
                "<image href=\"http://x\"/>",
                "<foreignObject/>",
                "<a><text/></a>",
                "<style>@import 'x'</style>",
                "<rect onload=\"x()\"/>",
                "<rect fill=\"url(http://x)\"/>",
                "<rect xlink:href=\"http://x\"/>")) {
            refused("<svg>" + inner + "</svg>", Plot::read, "may not stand in a report");
        }
        refused("<html/>", Plot::read, "it is no SVG");
        refused("no svg", Plot::read, "it is no SVG");
        refused("<!DOCTYPE svg><svg/>", Plot::read, "it is no SVG");
    }
}
