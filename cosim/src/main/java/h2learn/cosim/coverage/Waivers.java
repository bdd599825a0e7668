package h2learn.cosim.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import h2learn.config.InvalidInputException;
import h2learn.cosim.coverage.CoveragePoint.Kind;
import h2learn.cosim.reason.Reasons;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The checked-in file of reasons why some points are never used. */
public final class Waivers {
    /** Higher than any bit. */
    private static final int ALL_BITS = 1 << 20;

    private Waivers() {}

    /**
     * Reads a YAML file.
     *
     * @throws InvalidInputException with everything that is wrong with it
     */
    public static Reasons<UnusedPoint> read(Path file) {
        return Reasons.read(file, "coverage-waivers", "waivers", List.of("kind", "module"), Waivers::waiver);
    }

    private static Waiver waiver(JsonNode node) {
        return new Waiver(
                Kind.valueOf(node.path("kind").asText().toUpperCase(Locale.ROOT)),
                Pattern.compile(node.path("module").asText()),
                Pattern.compile(node.path("signal").asText(".*")),
                node.path("from").asInt(0),
                node.path("to").asInt(ALL_BITS),
                Pattern.compile(node.path("text").asText("")),
                node.path("reason").asText());
    }
}
