package h2learn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Turns the schema validator's messages into this project's sentences: what, where, how to mend. */
final class SchemaProblems {
    private final JsonNode schema;

    SchemaProblems(JsonNode schema) {
        this.schema = schema;
    }

    /** Where in the document, as {@code layers[0].outputs}; for a missing or unknown key the key's own path. */
    static String path(ValidationMessage message) {
        String parent = message.getInstanceLocation()
                .toString()
                .replaceFirst("^\\$\\.?", "")
                .replaceFirst("^/", "");
        boolean aboutKey =
                message.getType().equals("required") || message.getType().equals("additionalProperties");
        if (!aboutKey) {
            return parent;
        }
        return parent.isEmpty() ? message.getProperty() : parent + "." + message.getProperty();
    }

    String sentence(ValidationMessage message, JsonNode value) {
        String path = path(message);
        JsonNode rule = schemaAt(path);
        JsonNode limit = message.getSchemaNode();
        String shown = value.isContainerNode() ? (value.isArray() ? "a list" : "a group of keys") : value.toString();
        return switch (message.getType()) {
            case "required" -> path + ": is missing; " + mend(rule);
            case "additionalProperties" -> unknownKey(path);
            case "type" -> path + ": " + shown + " is not " + article(limit.asText()) + "; " + mend(rule);
            case "enum" -> path + ": " + shown + " is not one of " + listed(limit) + "; " + mend(rule);
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> path + ": " + shown
                    + " is out of range; " + mend(rule);
            default -> path + ": " + shown + " does not fit; " + mend(rule);
        };
    }

    private static String mend(JsonNode rule) {
        return "give " + rule.path("description").asText("a value");
    }

    private String unknownKey(String path) {
        int dot = path.lastIndexOf('.');
        String key = path.substring(dot + 1);
        JsonNode parent = schemaAt(dot < 0 ? "" : path.substring(0, dot));
        List<String> known = new ArrayList<>();
        parent.path("properties").fieldNames().forEachRemaining(known::add);
        String nearest = "";
        int best = Math.max(2, key.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(key, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return path + ": is an unknown key; "
                + (nearest.isEmpty() ? "known here are " + String.join(", ", known) : "did you mean " + nearest + "?");
    }

    private JsonNode schemaAt(String path) {
        JsonNode node = schema;
        for (String part : path.split("[.\\[]")) {
            if (!part.isEmpty()) {
                node = part.endsWith("]")
                        ? node.path("items")
                        : node.path("properties").path(part);
            }
        }
        return node;
    }

    private static String article(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "string" -> "a text";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            default -> "a group of keys";
        };
    }

    private static String listed(JsonNode values) {
        StringBuilder text = new StringBuilder();
        for (Iterator<JsonNode> each = values.elements(); each.hasNext(); ) {
            String value = each.next().asText();
            text.append(text.length() == 0 ? "" : each.hasNext() ? ", " : " or ")
                    .append(value);
        }
        return text.toString();
    }

    /** Levenshtein distance without regard to case. */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                char a = Character.toLowerCase(left.charAt(line - 1));
                char b = Character.toLowerCase(right.charAt(column - 1));
                int replaced = diagonal + (a == b ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
