package h2learn.cosim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.cosim.mutate.Equivalence.Result;
import h2learn.cosim.mutate.MutationScore.Outcome;
import h2learn.cosim.mutate.MutationScore.Row;
import h2learn.cosim.reason.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantExplanationsTest {
    @TempDir
    private Path folder;

    private Reasons<Mutant> explanations(String text) throws IOException {
        Path file = folder.resolve("explanations.yaml");
        Files.writeString(file, text);
        return MutantExplanations.read(file);
    }

    private static Row survived(int wireBit) {
        Mutant mutant = Mutant.of(
                wireBit,
                Part.LOSS,
                "mutate -mode inv -module LossUnit -cell $add$LossUnit.v:1$2 -port Y -portbit 0 -wire count -wirebit "
                        + wireBit);
        return new Row(mutant, List.of("dense"), Result.DIFFERENT, Verdict.Kind.SURVIVED, "", "", 1, "");
    }

    @Test
    void whatIsExplainedIsToldFromWhatSurvives() throws IOException {
        Reasons<Mutant> reasons = explanations(
                """
                explanations:
                - module: Loss.*
                  change: of .add.*, count
                  from: 20
                  reason: no run counts as far as that
                - module: Loss.*
                  change: const0
                  reason: none of the mutants is stuck
                """);
        MutationScore score =
                new MutationScore("tiny", 1, List.of(survived(19), survived(20)), List.of()).explained(reasons);
        assertEquals(List.of(19), numbers(score, Outcome.SURVIVED));
        assertEquals(List.of(20), numbers(score, Outcome.EXPLAINED));
        assertEquals(List.of("'const0' of Loss.*"), score.unusedExplanations());
        String report = MutationReport.markdown(score);
        assertTrue(report.contains("count[20]: no run counts as far as that"), report);
        assertTrue(report.contains("explanations that explain none of these mutants:\n\n- 'const0' of Loss.*"), report);
    }

    @Test
    void whatIsCaughtNeedsNoExplanation() throws IOException {
        Reasons<Mutant> reasons = explanations(
                """
                explanations:
                - module: LossUnit
                  change: inv
                  reason: covers every mutant there is
                """);
        Row caught =
                new Row(survived(1).mutant(), List.of("dense"), Result.DIFFERENT, Verdict.Kind.CAUGHT, "", "", 1, "");
        MutationScore score = new MutationScore("tiny", 1, List.of(caught), List.of()).explained(reasons);
        assertEquals(Outcome.CAUGHT, score.rows().get(0).outcome());
        assertEquals(1, score.unusedExplanations().size());
    }

    @Test
    void badExplanationsAreRefused() {
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> explanations(
                        """
                        explanations:
                        - module: "("
                          change: inv
                          reason: not a regular expression
                        - module: LossUnit
                          reason: says nothing of the change
                        """));
        assertEquals(2, refused.problems().size(), refused.problems()::toString);
    }

    private static List<Integer> numbers(MutationScore score, Outcome outcome) {
        return score.of(outcome).stream().map(row -> row.mutant().number()).toList();
    }
}
