package h2learn.cosim.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.coverage.CoveragePoint.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The checked-in reasons why some points are never used. */
public final class Waivers {
    /** Higher than any bit. */
    private static final int ALL_BITS = 1 << 20;

    private final List<Waiver> waivers;

    private Waivers(List<Waiver> waivers) {
        this.waivers = List.copyOf(waivers);
    }

    /** No waiver. */
    public static Waivers none() {
        return new Waivers(List.of());
    }

    /**
     * Reads a YAML file.
     *
     * @throws InvalidInputException with everything that is wrong with it
     */
    public static Waivers read(Path file) {
        Document document = new DocumentReader("coverage-waivers").read(file.toString());
        List<Waiver> waivers = new ArrayList<>();
        for (int index = 0; index < document.size("waivers"); index++) {
            String path = "waivers[" + index + "]";
            if (document.usable(path + ".kind") && document.usable(path + ".module")) {
                try {
                    waivers.add(waiver(document.at(path)));
                } catch (PatternSyntaxException e) {
                    document.refuse(
                            path, path + ": '" + e.getPattern() + "' is no regular expression: " + e.getDescription());
                }
            }
        }
        document.throwIfRefused(file.toString());
        return new Waivers(waivers);
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

    List<Waiver> all() {
        return waivers;
    }
}
