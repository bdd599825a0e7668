package h2learn.cosim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command wrote, and the sentence when it is none. */
final class ResultFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final String command;

    /** @param command that writes such a file, for example {@code h2learn coverage --out} */
    ResultFile(Path file, String command) {
        this.file = file;
        this.command = command;
    }

    /** All of it. */
    String read() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw broken("it is no text");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e));
        }
    }

    /** Its JSON tree. */
    JsonNode json() {
        try {
            JsonNode root = JSON.readTree(read());
            if (!root.isObject()) {
                throw broken("it holds no JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw broken("it is no JSON");
        }
    }

    String text(JsonNode node, String key) {
        return get(node, key, node.path(key).isTextual(), "text").asText();
    }

    /** A whole number of 0 or more. */
    long count(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return get(node, key, value.canConvertToLong() && value.isIntegralNumber() && value.asLong() >= 0, "a count")
                .asLong();
    }

    /** A share, 0 to 1. */
    double share(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return get(node, key, value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1, "a share")
                .asDouble();
    }

    JsonNode object(JsonNode node, String key) {
        return get(node, key, node.path(key).isObject(), "an object");
    }

    JsonNode array(JsonNode node, String key) {
        return get(node, key, node.path(key).isArray(), "a list");
    }

    private JsonNode get(JsonNode node, String key, boolean good, String kind) {
        if (!good) {
            throw broken("'" + key + "' is missing or not " + kind);
        }
        return node.path(key);
    }

    InvalidInputException broken(String reason) {
        return new InvalidInputException(file + ": was not written by '" + command + "': " + reason + "; run it again");
    }
}
