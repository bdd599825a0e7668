package h2learn.cosim.cases;

import java.util.Collections;
import java.util.LinkedHashMap;
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
}
