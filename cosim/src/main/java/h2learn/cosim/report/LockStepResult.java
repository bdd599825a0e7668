package h2learn.cosim.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.JsonText;
import java.nio.file.Path;

/**
 * What a run of {@code h2learn cosim} ended with.
 *
 * @param config the accelerator's name
 * @param hash of its configuration
 * @param network the network's name
 * @param seeds how many runs there were to be
 * @param words that were compared and equal
 * @param cycles that were simulated, 0 when it failed
 * @param failure what differed, or how the simulation ended; empty when everything is equal
 */
public record LockStepResult(
        String config, String hash, String network, long seeds, long words, long cycles, String failure) {
    private static final String COMMAND = "h2learn cosim --out";

    /** Whether everything is equal. */
    public boolean equal() {
        return failure.isEmpty();
    }

    /** The same text for the same result. */
    public String json() {
        ObjectNode root = JsonText.object();
        root.put("config", config).put("hash", hash).put("network", network).put("seeds", seeds);
        root.put("wordsEqual", words).put("clockCycles", cycles).put("failure", failure);
        return JsonText.of(root);
    }

    /** @throws h2learn.config.InvalidInputException when the file cannot be read or is no such result */
    public static LockStepResult read(Path path) {
        ResultFile file = new ResultFile(path, COMMAND);
        JsonNode root = file.json();
        return new LockStepResult(
                file.text(root, "config"),
                file.text(root, "hash"),
                file.text(root, "network"),
                file.count(root, "seeds"),
                file.count(root, "wordsEqual"),
                file.count(root, "clockCycles"),
                file.text(root, "failure"));
    }
}
