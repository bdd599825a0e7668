package h2learn.cosim.failure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;

/** A case's file as a tree whose values can be changed; paths are JSON pointers without the first slash. */
final class CaseTree {
    private final ObjectNode root;

    CaseTree(Case from) {
        root = CaseFile.toTree(from);
    }

    /** The case that the tree now says. Throws {@link h2learn.config.InvalidInputException} where it is none. */
    Case read(CaseFile reader) {
        // reading takes out what it refuses
        return reader.read(root.deepCopy(), "");
    }

    JsonNode at(String path) {
        return root.at("/" + path);
    }

    /** The whole number at a path; 0 where there is none. */
    int number(String path) {
        return at(path).asInt();
    }

    void set(String path, int value) {
        parent(path).put(key(path), value);
    }

    void set(String path, boolean value) {
        parent(path).put(key(path), value);
    }

    void set(String path, String value) {
        parent(path).put(key(path), value);
    }

    void set(String path, JsonNode value) {
        parent(path).set(key(path), value);
    }

    void remove(String path) {
        parent(path).remove(key(path));
    }

    /** How many layers the network has. */
    int layers() {
        return at("network/layers").size();
    }

    void removeLayer(int index) {
        ((ArrayNode) at("network/layers")).remove(index);
    }

    /** The last layer's outputs are those that the classes take. */
    void fitClasses() {
        set(
                "network/layers/" + (layers() - 1) + "/outputs",
                number("network/classes/count") * number("network/classes/neurons"));
    }

    private ObjectNode parent(String path) {
        int slash = path.lastIndexOf('/');
        return (ObjectNode) (slash < 0 ? root : at(path.substring(0, slash)));
    }

    private static String key(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
