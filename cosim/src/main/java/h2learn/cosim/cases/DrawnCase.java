package h2learn.cosim.cases;

import h2learn.cosim.cases.Case.Edit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A case with how it came about.
 *
 * @param of the case itself
 * @param values label of each dimension that was drawn, by the dimension's name, in the order of the draw
 * @param rejections how often what could not be used was drawn before; those of an accelerator stand in its case 0
 */
public record DrawnCase(Case of, Map<String, String> values, SortedMap<Rejection, Integer> rejections) {
    public DrawnCase {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        rejections = Collections.unmodifiableSortedMap(new TreeMap<>(rejections));
    }

    /** The case with a bug planted in its Verilog. */
    public Case with(List<Edit> edits) {
        return new Case(
                of.id(),
                of.config(),
                of.network(),
                of.plan(),
                of.check(),
                of.samples(),
                of.updates(),
                of.seed(),
                of.timing(),
                edits);
    }
}
