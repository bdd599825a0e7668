package h2learn.cosim.cases;

import java.util.Comparator;

/**
 * Something that was drawn and could not be used.
 *
 * @param dimension whose value was illegal; empty where a combination as a whole was
 * @param value the illegal one's label; empty where a combination as a whole was
 * @param reason a sentence without full stop, figures left out so that equal reasons are counted together
 */
public record Rejection(String dimension, String value, String reason) implements Comparable<Rejection> {
    private static final Comparator<Rejection> ORDER = Comparator.comparing(Rejection::dimension)
            .thenComparing(Rejection::value)
            .thenComparing(Rejection::reason);

    /** Of a whole combination, from a check's sentence: its advice and its figures are left out. */
    static Rejection of(String problem) {
        String fault = problem.lines().findFirst().orElse("");
        int advice = fault.indexOf(';');
        return new Rejection(
                "",
                "",
                (advice < 0 ? fault : fault.substring(0, advice)).replaceAll("-?\\d+(\\.\\d+)?(E-?\\d+)?", "#"));
    }

    @Override
    public int compareTo(Rejection other) {
        return ORDER.compare(this, other);
    }

    /** For example {@code read ports 2: more than one port is not built yet}. */
    @Override
    public String toString() {
        return dimension.isEmpty() ? reason : dimension + " " + value + ": " + reason;
    }
}
