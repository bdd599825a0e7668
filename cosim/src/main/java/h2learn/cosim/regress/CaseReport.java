package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.Rejection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a case that was run.
 *
 * @param id how to draw it again
 * @param outcome what became of it
 * @param message what went wrong; empty when nothing did
 * @param words that were compared
 * @param cycles that were simulated
 * @param seconds that it took, building included
 * @param values label of each dimension, by its name; empty when the case was not even drawn
 * @param rejections what was drawn before and could not be used, and how often
 */
public record CaseReport(
        CaseId id,
        Outcome outcome,
        String message,
        long words,
        long cycles,
        double seconds,
        Map<String, String> values,
        SortedMap<Rejection, Integer> rejections) {
    public CaseReport {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        rejections = Collections.unmodifiableSortedMap(new TreeMap<>(rejections));
    }

    /** Whether everything is equal. */
    public boolean passed() {
        return outcome == Outcome.PASSED;
    }
}
