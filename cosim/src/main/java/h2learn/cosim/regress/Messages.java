package h2learn.cosim.regress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.cosim.cases.DrawnCase;
import h2learn.cosim.cases.Rejection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a worker says on its standard output, one line each: a mark, a word and JSON. Other lines, such as those that Verilog
 * prints, are no messages.
 */
final class Messages {
    private static final String MARK = "@h2learn ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Messages() {}

    /** {@code case}: is begun. {@code drawn}: its values. {@code built}: its accelerator. {@code done}: what became of it. */
    enum Kind {
        CASE,
        DRAWN,
        BUILT,
        DONE
    }

    /** A message. */
    record Message(Kind kind, JsonNode content) {}

    /** A case was drawn. */
    record Drawn(Map<String, String> values, SortedMap<Rejection, Integer> rejections) {
        static final Drawn NOT = new Drawn(Map.of(), new TreeMap<>());
    }

    /** A case is done. */
    record Done(Outcome outcome, String message, long words, long cycles) {}

    static String begun(String id) {
        return line(Kind.CASE, JSON.createObjectNode().put("id", id));
    }

    static String drawn(DrawnCase drawn) {
        ObjectNode content = JSON.createObjectNode();
        ObjectNode values = content.putObject("values");
        drawn.values().forEach(values::put);
        drawn.rejections().forEach((rejection, times) -> content.withArray("rejections")
                .addObject()
                .put("dimension", rejection.dimension())
                .put("value", rejection.value())
                .put("reason", rejection.reason())
                .put("times", times));
        return line(Kind.DRAWN, content);
    }

    static String built() {
        return line(Kind.BUILT, JSON.createObjectNode());
    }

    static String done(Done done) {
        return line(
                Kind.DONE,
                JSON.createObjectNode()
                        .put("outcome", done.outcome().name())
                        .put("message", done.message())
                        .put("words", done.words())
                        .put("cycles", done.cycles()));
    }

    /** Nothing when the line is no message. */
    static Optional<Message> read(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        String[] parts = line.substring(MARK.length()).split(" ", 2);
        for (Kind kind : Kind.values()) {
            if (parts.length == 2 && parts[0].equals(kind.name())) {
                try {
                    return Optional.of(new Message(kind, JSON.readTree(parts[1])));
                } catch (JsonProcessingException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    static Drawn drawn(JsonNode content) {
        Map<String, String> values = new LinkedHashMap<>();
        content.path("values")
                .fields()
                .forEachRemaining(
                        field -> values.put(field.getKey(), field.getValue().asText()));
        SortedMap<Rejection, Integer> rejections = new TreeMap<>();
        for (JsonNode entry : content.path("rejections")) {
            rejections.put(
                    new Rejection(
                            entry.path("dimension").asText(),
                            entry.path("value").asText(),
                            entry.path("reason").asText()),
                    entry.path("times").asInt());
        }
        return new Drawn(values, rejections);
    }

    static Done done(JsonNode content) {
        return new Done(
                Outcome.valueOf(content.path("outcome").asText()),
                content.path("message").asText(),
                content.path("words").asLong(),
                content.path("cycles").asLong());
    }

    private static String line(Kind kind, ObjectNode content) {
        return MARK + kind.name() + " " + content;
    }
}
