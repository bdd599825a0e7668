package h2learn.cosim.synth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;

/** An earlier report, to see what a change costs. */
public final class SynthBaseline {
    private final Path file;
    private final JsonNode root;

    private SynthBaseline(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** Throws {@link InvalidInputException} when the file cannot be read, or is no report. */
    public static SynthBaseline read(Path file) {
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readString(file));
            if (root.path("resources").isObject() && root.path("target").isTextual()) {
                return new SynthBaseline(file, root);
            }
        } catch (JsonProcessingException e) {
            throw notAReport(file);
        } catch (IOException e) {
            throw new InvalidInputException(List.of(file + " cannot be read: " + IoReason.of(e)));
        }
        throw notAReport(file);
    }

    private static InvalidInputException notAReport(Path file) {
        return new InvalidInputException(
                List.of(file + " is no report of 'h2learn synth --out'; write a new one with that command"));
    }

    /**
     * Resources that differ from the baseline by more than a share of it, a line each; empty when none does.
     *
     * @param tolerance 0.02 for 2 percent
     * @throws InvalidInputException when the baseline is of another accelerator, module or target
     */
    public List<String> differences(SynthReport report, double tolerance) {
        same("config", report.config().name());
        same("module", report.module());
        same("target", report.target().name().toLowerCase(Locale.ROOT));
        List<String> lines = new ArrayList<>();
        SortedMap<String, Long> now = report.figures();
        TreeSet<String> names = new TreeSet<>(now.keySet());
        root.get("resources").fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            long before = root.get("resources").path(name).asLong();
            compare(name, before, now.getOrDefault(name, 0L), tolerance, lines);
        }
        return lines;
    }

    private static void compare(String name, long before, long after, double tolerance, List<String> lines) {
        if (Math.abs(after - before) > tolerance * before) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %d, the baseline has %d (%+.1f %%)",
                    name.replace('_', ' '),
                    after,
                    before,
                    before == 0 ? 100.0 : 100.0 * (after - before) / before));
        }
    }

    private void same(String key, String wanted) {
        String found = root.path(key).asText();
        if (!found.equals(wanted)) {
            throw new InvalidInputException(List.of(
                    file + " is of " + key + " " + found + ", not of " + wanted + "; give that one's baseline"));
        }
    }
}
