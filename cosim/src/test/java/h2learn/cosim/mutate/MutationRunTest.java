package h2learn.cosim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.cosim.mutate.Equivalence.Result;
import h2learn.cosim.mutate.MutationScore.Outcome;
import h2learn.cosim.mutate.MutationScore.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationRunTest {
    private static final Mutant MUTANT =
            Mutant.of(1, Part.LOSS, "mutate -mode inv -module LossUnit -cell $add$LossUnit.v:1$2 -port Y -portbit 0");

    private static Row row(List<String> activatedBy, Result proof, Verdict.Kind kind) {
        return new Row(MUTANT, activatedBy, proof, kind, "dense", "message", 1, "");
    }

    @Test
    void outcomes() {
        List<String> some = List.of("dense");
        assertEquals(
                Outcome.CAUGHT, row(some, Result.DIFFERENT, Verdict.Kind.CAUGHT).outcome());
        assertEquals(
                Outcome.CAUGHT, row(some, Result.UNKNOWN, Verdict.Kind.HUNG).outcome());
        assertEquals(
                Outcome.SURVIVED,
                row(some, Result.UNKNOWN, Verdict.Kind.SURVIVED).outcome());
        assertEquals(
                Outcome.EQUIVALENT,
                row(some, Result.EQUAL, Verdict.Kind.SURVIVED).outcome());
        assertEquals(
                Outcome.EQUIVALENT,
                row(some, Result.UNREAD, Verdict.Kind.SURVIVED).outcome());
        assertEquals(
                Outcome.TEST_FAULT,
                row(some, Result.UNREAD, Verdict.Kind.CAUGHT).outcome());
        assertEquals(
                Outcome.TEST_FAULT, row(some, Result.EQUAL, Verdict.Kind.CAUGHT).outcome());
        assertEquals(
                Outcome.NOT_ACTIVATED,
                row(List.of(), Result.DIFFERENT, Verdict.Kind.SURVIVED).outcome());
    }

    @Test
    void theReportNamesWhatSurvivedAndFaultsOfTests() {
        List<String> some = List.of("dense");
        MutationScore score = new MutationScore(
                "tiny",
                1,
                List.of(
                        row(some, Result.DIFFERENT, Verdict.Kind.CAUGHT),
                        row(some, Result.DIFFERENT, Verdict.Kind.SURVIVED),
                        row(some, Result.EQUAL, Verdict.Kind.CAUGHT)),
                List.of());
        assertEquals(0.5, score.score());
        assertEquals(
                """
                | part | caught | proved equivalent | survived | explained | not activated | fault of a test |
                |---|---|---|---|---|---|---|
                | loss | 1 | 0 | 1 | 0 | 0 | 1 |
                | all | 1 | 0 | 1 | 0 | 0 | 1 |

                caught of those activated and neither proved equivalent nor explained: 50.0 %

                survived:

                - LossUnit: inv of Y[0] of $add$LossUnit.v:1$2

                fault of a test:

                - LossUnit: inv of Y[0] of $add$LossUnit.v:1$2: dense: message
                """,
                MutationReport.markdown(score));
        assertTrue(MutationReport.json(score).contains("\"outcome\" : \"fault of a test\""));
    }

    @Test
    void whatWasWrittenIsReadAgain(@TempDir Path folder) throws IOException {
        Row row = row(List.of("dense"), Result.UNKNOWN, Verdict.Kind.SURVIVED);
        MutationScore score = new MutationScore("tiny", 1, List.of(row), List.of());
        Path file = folder.resolve("mutants.json");
        Files.writeString(file, MutationReport.json(score));
        assertEquals(MutationReport.json(score), MutationReport.json(MutationReader.read(file)));
        Files.writeString(file, "{}");
        assertThrows(InvalidInputException.class, () -> MutationReader.read(file));
        assertThrows(InvalidInputException.class, () -> MutationReader.read(folder.resolve("none.json")));
    }

    /** Real mutants of one engine: the scenarios catch nearly all, none of them wrongly. */
    @Test
    void mutantsOfTheLossUnitAreCaught() {
        MutationScore score = new MutationRun("tiny", List.of(Part.LOSS), 4, 3, 2).run((count, soFar, unseen) -> {});
        Map<Outcome, Integer> counts = score.count(Part.LOSS);
        assertEquals(0, counts.get(Outcome.TEST_FAULT), MutationReport.markdown(score));
        assertTrue(counts.getOrDefault(Outcome.CAUGHT, 0) >= 2, MutationReport.markdown(score));
    }
}
