package h2learn.cosim.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code h2learn mutate --out} wrote.
 *
 * @param config the accelerator's name
 * @param seed that drew the mutants
 * @param score share caught of those that count, 0 to 1
 * @param parts how many of each part came to which outcome, parts without mutants left out
 * @param all the same of all parts
 * @param open mutants that survived, need an explanation, or show a fault of a test
 */
public record MutationResult(
        String config,
        long seed,
        double score,
        Map<String, Map<String, Long>> parts,
        Map<String, Long> all,
        List<Open> open) {
    static final String SURVIVED = "survived";
    static final String EXPLAINED = "explained";
    static final String TEST_FAULT = "fault of a test";
    private static final String COMMAND = "h2learn mutate --out";

    /**
     * A mutant to look at.
     *
     * @param outcome one of the three
     * @param change what it changes and where
     * @param sources lines of Verilog
     * @param note its explanation, or what the test said
     */
    public record Open(String outcome, String change, String sources, String note) {}

    /** Whether no mutant survived and no test is at fault. */
    boolean clean() {
        return all.getOrDefault(SURVIVED, 0L) == 0 && all.getOrDefault(TEST_FAULT, 0L) == 0;
    }

    /** @throws h2learn.config.InvalidInputException when the file cannot be read or is no such result */
    public static MutationResult read(Path path) {
        ResultFile file = new ResultFile(path, COMMAND);
        JsonNode root = file.json();
        Map<String, Map<String, Long>> parts = new LinkedHashMap<>();
        JsonNode byPart = file.object(root, "parts");
        byPart.fieldNames().forEachRemaining(part -> {
            Map<String, Long> counts = counts(file, file.object(byPart, part));
            if (counts.values().stream().anyMatch(count -> count > 0)) {
                parts.put(part, counts);
            }
        });
        List<Open> open = new ArrayList<>();
        for (JsonNode mutant : file.array(root, "mutants")) {
            String outcome = file.text(mutant, "outcome");
            if (List.of(SURVIVED, EXPLAINED, TEST_FAULT).contains(outcome)) {
                open.add(new Open(
                        outcome, file.text(mutant, "change"), sources(file, mutant), note(file, mutant, outcome)));
            }
        }
        return new MutationResult(
                file.text(root, "config"),
                file.count(root, "seed"),
                file.share(root, "score"),
                parts,
                counts(file, file.object(root, "all")),
                open);
    }

    private static String sources(ResultFile file, JsonNode mutant) {
        List<String> sources = new ArrayList<>();
        file.array(mutant, "sources").forEach(source -> sources.add(source.asText()));
        return String.join(" ", sources);
    }

    private static String note(ResultFile file, JsonNode mutant, String outcome) {
        return switch (outcome) {
            case EXPLAINED -> file.text(mutant, "explanation");
            case TEST_FAULT -> file.text(mutant, "by") + ": " + file.text(mutant, "message");
            default -> "not explained";
        };
    }

    private static Map<String, Long> counts(ResultFile file, JsonNode node) {
        Map<String, Long> counts = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(outcome -> counts.put(outcome, file.count(node, outcome)));
        return counts;
    }
}
