package h2learn.cosim.regress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.JsonText;
import h2learn.cosim.cases.Dimension;
import h2learn.cosim.cases.Dimensions;
import h2learn.cosim.cases.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which values of which dimensions the cases of a report had, and what was drawn and could not be used. */
public final class DimensionCoverage {
    private final Report report;
    private final List<Value> values = new ArrayList<>();
    private final SortedMap<Rejection, Integer> rejections = new TreeMap<>();

    private DimensionCoverage(Report report) {
        this.report = report;
    }

    /**
     * @param dimension its name
     * @param value its label
     * @param cases that had it
     * @param passed of these
     * @param reasons for which it was refused, and how often
     */
    public record Value(String dimension, String value, long cases, long passed, SortedMap<String, Integer> reasons) {}

    public static DimensionCoverage of(Report report) {
        DimensionCoverage coverage = new DimensionCoverage(report);
        report.cases().forEach(one -> one.rejections()
                .forEach((rejection, times) -> coverage.rejections.merge(rejection, times, Integer::sum)));
        for (Dimension<?> dimension : Dimensions.all()) {
            for (String label : dimension.labels()) {
                coverage.values.add(coverage.value(dimension.name(), label));
            }
        }
        return coverage;
    }

    private Value value(String dimension, String label) {
        List<CaseReport> having = report.cases().stream()
                .filter(one -> label.equals(one.values().get(dimension)))
                .toList();
        SortedMap<String, Integer> reasons = new TreeMap<>();
        rejections.forEach((rejection, times) -> {
            if (rejection.dimension().equals(dimension) && rejection.value().equals(label)) {
                reasons.put(rejection.reason(), times);
            }
        });
        return new Value(
                dimension,
                label,
                having.size(),
                having.stream().filter(CaseReport::passed).count(),
                reasons);
    }

    /** Of all dimensions, in their order. */
    public List<Value> values() {
        return List.copyOf(values);
    }

    /** Those that no case had. */
    public List<Value> never() {
        return values.stream().filter(value -> value.cases() == 0).toList();
    }

    /** How often whole combinations were drawn that could not be used, by reason. */
    public SortedMap<String, Integer> combinations() {
        SortedMap<String, Integer> reasons = new TreeMap<>();
        rejections.forEach((rejection, times) -> {
            if (rejection.dimension().isEmpty()) {
                reasons.put(rejection.reason(), times);
            }
        });
        return reasons;
    }

    /** A table for people: value by value how many cases had it and how many of them passed, then what was refused. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-31s %-14s %7s %7s  %s", "dimension", "value", "cases", "passed", "refused"));
        String last = "";
        for (Value value : values) {
            String refused = String.join("; ", counted(value.reasons()));
            if (value.cases() == 0 && refused.isEmpty()) {
                refused = "never drawn";
            }
            String line = String.format(
                    "%-31s %-14s %7d %7d  %s",
                    value.dimension().equals(last) ? "" : value.dimension(),
                    value.value(),
                    value.cases(),
                    value.passed(),
                    refused);
            lines.add(line.stripTrailing());
            last = value.dimension();
        }
        lines.add("drawn as a whole and not used:");
        counted(combinations()).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> counted(Map<String, Integer> reasons) {
        List<String> lines = new ArrayList<>();
        reasons.forEach((reason, times) -> lines.add(times + "x " + reason));
        return lines;
    }

    /** The same for programs. */
    public String json() {
        ObjectNode root = JsonText.object();
        root.put("seed", report.selection().seed());
        root.put("count", report.selection().count());
        root.put("casesPerAccelerator", report.selection().casesPerAccelerator());
        root.put("shard", report.selection().shard().toString());
        ObjectNode outcomes = root.putObject("outcomes");
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.text(), report.count(outcome));
        }
        root.put(
                "wordsCompared",
                report.cases().stream().mapToLong(CaseReport::words).sum());
        root.put(
                "clockCycles",
                report.cases().stream().mapToLong(CaseReport::cycles).sum());
        Map<String, ArrayNode> dimensions = new LinkedHashMap<>();
        ArrayNode list = root.putArray("dimensions");
        for (Value value : values) {
            ObjectNode entry = dimensions
                    .computeIfAbsent(
                            value.dimension(),
                            name -> list.addObject().put("name", name).putArray("values"))
                    .addObject();
            entry.put("value", value.value());
            entry.put("cases", value.cases());
            entry.put("passed", value.passed());
            reasons(entry.putArray("refused"), value.reasons());
        }
        reasons(root.putArray("combinationsNotUsed"), combinations());
        return JsonText.of(root);
    }

    private static void reasons(ArrayNode list, Map<String, Integer> reasons) {
        reasons.forEach(
                (reason, times) -> list.addObject().put("reason", reason).put("times", times));
    }
}
