package h2learn.cosim.mutate;

import h2learn.cosim.mutate.Equivalence.Result;
import h2learn.cosim.reason.Reasons;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of all mutants.
 *
 * @param config the configuration's name
 * @param seed that drew them
 * @param rows one a mutant, in the order of their numbers
 * @param unusedExplanations those of {@link #explained} that explain none of these mutants
 */
public record MutationScore(String config, int seed, List<Row> rows, List<String> unusedExplanations) {
    /** What a mutant turned out to be. */
    public enum Outcome {
        /** A scenario saw it. */
        CAUGHT("caught"),
        /** No scenario can see it: it is proved to be the original. */
        EQUIVALENT("proved equivalent"),
        /** No scenario saw it, and it is not proved equivalent. */
        SURVIVED("survived"),
        /** No scenario saw it, and a checked-in reason says why none needs to. */
        EXPLAINED("explained"),
        /** In no run would its bit have had another value: what toggle coverage counts. */
        NOT_ACTIVATED("not activated"),
        /** It is proved to be the original, and yet a scenario failed: the scenario is wrong, or the simulation. */
        TEST_FAULT("fault of a test");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * @param activatedBy scenarios of the original in which its bit would have had another value
     * @param proof of its equivalence
     * @param by the scenario that saw it, how its process ended, or empty
     * @param message what that said
     * @param milliseconds of its runs
     * @param explanation why it need not be seen, or empty
     */
    public record Row(
            Mutant mutant,
            List<String> activatedBy,
            Result proof,
            Verdict.Kind kind,
            String by,
            String message,
            long milliseconds,
            String explanation) {
        /** What it turned out to be. */
        public Outcome outcome() {
            boolean seen = kind != Verdict.Kind.SURVIVED;
            if (proof.isProof()) {
                return seen ? Outcome.TEST_FAULT : Outcome.EQUIVALENT;
            }
            if (activatedBy.isEmpty()) {
                return Outcome.NOT_ACTIVATED;
            }
            if (seen) {
                return Outcome.CAUGHT;
            }
            return explanation.isEmpty() ? Outcome.SURVIVED : Outcome.EXPLAINED;
        }

        Verdict verdict() {
            return new Verdict(kind, by, message, Set.of(), milliseconds);
        }

        Row explained(String reason) {
            return new Row(mutant, activatedBy, proof, kind, by, message, milliseconds, reason);
        }
    }

    /** The same, with reasons for those that survived. */
    public MutationScore explained(Reasons<Mutant> explanations) {
        List<Row> explained = new ArrayList<>();
        for (Row row : rows) {
            boolean survived = row.outcome() == Outcome.SURVIVED;
            explained.add(survived ? row.explained(explanations.of(row.mutant()).orElse("")) : row);
        }
        return new MutationScore(config, seed, List.copyOf(explained), explanations.unused());
    }

    /** Mutants of a part by outcome; of all parts where {@code part} is null. */
    public Map<Outcome, Integer> count(@Nullable Part part) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, 0);
        }
        for (Row row : rows) {
            if (part == null || row.mutant().part() == part) {
                counts.merge(row.outcome(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** The mutants with an outcome. */
    public List<Row> of(Outcome outcome) {
        List<Row> found = new ArrayList<>();
        for (Row row : rows) {
            if (row.outcome() == outcome) {
                found.add(row);
            }
        }
        return found;
    }

    /** Share of the activated mutants neither proved equivalent nor explained that were caught, 0 to 1; 1 without any. */
    public double score() {
        Map<Outcome, Integer> counts = count(null);
        int caught = counts.getOrDefault(Outcome.CAUGHT, 0);
        int open = counts.getOrDefault(Outcome.SURVIVED, 0);
        return caught + open == 0 ? 1 : (double) caught / (caught + open);
    }
}
