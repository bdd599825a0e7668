package h2learn.cosim.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.cosim.build.TestModels;
import h2learn.cosim.coverage.CoveragePoint.Kind;
import h2learn.cosim.coverage.CoverageScore.Counts;
import h2learn.cosim.reason.Reasons;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counter of the tests, run for a few cycles: its low bits change, its high bits do not. */
class CoverageTest {
    private static final Map<String, String> VERILOG = TestModels.COUNTER.files();

    @TempDir
    private Path folder;

    private CoverageData run(int cycles) {
        Path file = folder.resolve("coverage.dat");
        try (Model model =
                Model.open(TestModels.BUILD, TestModels.COUNTER.withCoverage(true), ModelOptions.defaults())) {
            model.reset(1);
            model.port("enable").set(1);
            model.step(cycles);
            model.writeCoverage(file);
        }
        return CoverageData.read(file);
    }

    private Reasons<UnusedPoint> waivers(String text) throws IOException {
        Path file = folder.resolve("waivers.yaml");
        Files.writeString(file, text);
        return Waivers.read(file);
    }

    private static boolean misses(CoverageScore score, String name) {
        return score.missing().stream()
                .anyMatch(point -> point.kind() == Kind.TOGGLE && point.name().equals(name));
    }

    @Test
    void bitsThatChangeAreCounted() {
        CoverageScore score = CoverageScore.of(run(5), Map.of(), Reasons.none(), VERILOG);
        assertTrue(!misses(score, "count[0]") && !misses(score, "count[2]"));
        assertTrue(misses(score, "count[3]") && misses(score, "wide_in[7]"));
        Counts toggles = score.all().get(Kind.TOGGLE);
        assertEquals(
                toggles.points() - toggles.used(),
                score.missing().stream()
                        .filter(point -> point.kind() == Kind.TOGGLE)
                        .count());
        assertTrue(misses(CoverageScore.of(run(5).plus(run(2)), Map.of(), Reasons.none(), VERILOG), "count[3]"));
        assertTrue(!misses(CoverageScore.of(run(5).plus(run(9)), Map.of(), Reasons.none(), VERILOG), "count[3]"));
    }

    @Test
    void waiversCoverWhatTheySayAndMustBeOfUse() throws IOException {
        Reasons<UnusedPoint> waivers = waivers(
                """
                waivers:
                - kind: toggle
                  module: counter
                  signal: count
                  from: 3
                  reason: no run counts any further
                - kind: branch
                  module: counter
                  text: "count == 32'hffffffff"
                  reason: no run counts as far as that
                - kind: toggle
                  module: counter
                  signal: count
                  to: 2
                  reason: these bits change in every run
                """);
        CoverageScore score = CoverageScore.of(run(5), Map.of(), waivers, VERILOG);
        assertTrue(!misses(score, "count[3]") && !misses(score, "count[31]"));
        assertEquals(
                1,
                score.waived().keySet().stream()
                        .filter(point -> point.kind() == Kind.BRANCH)
                        .count());
        assertEquals(List.of("toggle of count[2:0] in counter"), score.unusedWaivers());
        Counts toggles = score.all().get(Kind.TOGGLE);
        assertEquals(29, toggles.waived());
        assertTrue(toggles.after() > toggles.before());
        assertTrue(CoverageReport.json("counter", score).contains("no run counts any further"));
        assertTrue(CoverageReport.markdown(score).startsWith("| | points | used |"));
    }

    @Test
    void badWaiversAreRefusedAllAtOnce() {
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> waivers(
                        """
                        waivers:
                        - kind: toggle
                          module: "("
                          reason: not a regular expression
                        - kind: bits
                          module: counter
                          reason: no such kind
                        """));
        assertEquals(2, refused.problems().size(), refused.problems()::toString);
        assertThrows(IllegalArgumentException.class, () -> CoverageData.read(folder.resolve("waivers.yaml")));
    }

    @Test
    void aModelWithoutCoverageRefusesToWriteIt() {
        try (Model model = Model.open(TestModels.BUILD, TestModels.COUNTER, ModelOptions.defaults())) {
            assertThrows(IllegalStateException.class, () -> model.writeCoverage(folder.resolve("none.dat")));
        }
    }
}
