package h2learn.cosim.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code h2learn coverage --out} wrote.
 *
 * @param config the accelerator's name
 * @param all counts by kind: line, branch, toggle
 * @param modules the same by module
 * @param missing points that neither a run nor a waiver covers
 * @param waived how many points each reason waives
 */
public record CoverageResult(
        String config,
        Map<String, Counts> all,
        SortedMap<String, Map<String, Counts>> modules,
        List<String> missing,
        SortedMap<String, Integer> waived) {
    private static final String COMMAND = "h2learn coverage --out";

    /**
     * Of one kind.
     *
     * @param points all
     * @param used by some run
     * @param waived by a reason, or as the structure does without them
     * @param before share used of all, 0 to 1
     * @param after share used of those not waived, 0 to 1
     */
    public record Counts(long points, long used, long waived, double before, double after) {}

    /** @throws h2learn.config.InvalidInputException when the file cannot be read or is no such result */
    public static CoverageResult read(Path path) {
        ResultFile file = new ResultFile(path, COMMAND);
        JsonNode root = file.json();
        SortedMap<String, Map<String, Counts>> modules = new TreeMap<>();
        JsonNode byModule = file.object(root, "modules");
        byModule.fieldNames().forEachRemaining(name -> modules.put(name, kinds(file, file.object(byModule, name))));
        List<String> missing = new ArrayList<>();
        for (JsonNode point : file.array(root, "missing")) {
            missing.add(point.asText());
        }
        SortedMap<String, Integer> waived = new TreeMap<>();
        for (JsonNode reason : file.object(root, "waived")) {
            waived.merge(reason.asText(), 1, Integer::sum);
        }
        return new CoverageResult(
                file.text(root, "config"), kinds(file, file.object(root, "all")), modules, missing, waived);
    }

    private static Map<String, Counts> kinds(ResultFile file, JsonNode node) {
        Map<String, Counts> kinds = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(kind -> {
            JsonNode counts = file.object(node, kind);
            long removed = counts.has("removed") ? file.count(counts, "removed") : 0;
            kinds.put(
                    kind,
                    new Counts(
                            file.count(counts, "points"),
                            file.count(counts, "used"),
                            file.count(counts, "waived") + removed,
                            file.share(counts, "before"),
                            file.share(counts, "after")));
        });
        return kinds;
    }
}
