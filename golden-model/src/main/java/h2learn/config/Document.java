package h2learn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A YAML document being read: its values by path ({@code lut.inputs}, {@code layers[0].outputs}) and its problems. */
public final class Document {
    private final ObjectNode root;
    private final Map<String, String> problems = new LinkedHashMap<>();

    Document(ObjectNode root) {
        this.root = root;
    }

    /** The value at a path; a missing node when there is none. */
    public JsonNode at(String path) {
        if (path.isEmpty()) {
            return root;
        }
        return root.at("/" + path.replace("[", "/").replace("]", "").replace(".", "/"));
    }

    public int integer(String path, int otherwise) {
        return usable(path) ? at(path).intValue() : otherwise;
    }

    public double number(String path, double otherwise) {
        return usable(path) ? at(path).doubleValue() : otherwise;
    }

    public boolean flag(String path, boolean otherwise) {
        return usable(path) ? at(path).booleanValue() : otherwise;
    }

    public String text(String path, String otherwise) {
        return usable(path) ? at(path).textValue() : otherwise;
    }

    /** An enum's constant from its lower-case name. */
    public <E extends Enum<E>> E constant(String path, E otherwise) {
        return usable(path)
                ? Enum.valueOf(
                        otherwise.getDeclaringClass(), at(path).textValue().toUpperCase(Locale.ROOT))
                : otherwise;
    }

    /** How many elements the list at a path has; 0 when it is none. */
    public int size(String path) {
        return at(path) instanceof ArrayNode list ? list.size() : 0;
    }

    /** Whether there is a value at the path that no problem so far refuses. */
    public boolean usable(String path) {
        return !at(path).isMissingNode() && !problems.containsKey(path);
    }

    /** Notes a problem; of several at one path the first is kept. */
    public void refuse(String path, String sentence) {
        problems.putIfAbsent(path, sentence);
    }

    /** Notes problems whose sentences begin with their path and a colon, unless the path has one already. */
    public void refuseAll(Collection<String> sentences) {
        for (String sentence : sentences) {
            refuse(sentence.substring(0, sentence.indexOf(':')), sentence);
        }
    }

    /** Throws {@link InvalidInputException} with all problems when there are any, each preceded by {@code source}. */
    public void throwIfRefused(String source) {
        throwIfRefusedAfter(source + ": ");
    }

    /** The same, each sentence preceded by {@code before} as it is. */
    public void throwIfRefusedAfter(String before) {
        if (!problems.isEmpty()) {
            List<String> sentences = new ArrayList<>();
            for (String problem : problems.values()) {
                sentences.add(before + problem);
            }
            throw new InvalidInputException(sentences);
        }
    }

    /** NaN and the infinities are numbers to YAML but break every comparison with a bound. */
    void refuseNumbersThatAreNone() {
        refuseNumbersThatAreNone("", root);
    }

    private void refuseNumbersThatAreNone(String path, JsonNode node) {
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (isNoNumber(field.getValue())) {
                refuse(below, below + ": " + field.getValue().asText() + " is not a finite number; write a number");
                fields.remove();
            } else {
                refuseNumbersThatAreNone(below, field.getValue());
            }
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            refuseNumbersThatAreNone(path + "[" + index + "]", node.get(index));
        }
    }

    private static boolean isNoNumber(JsonNode node) {
        return node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue());
    }
}
