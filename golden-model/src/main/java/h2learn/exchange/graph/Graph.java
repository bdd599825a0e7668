package h2learn.exchange.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a file describes it.
 *
 * @param source what errors call the file
 * @param version of the format, as the file says it
 * @param nodes by name, in the file's order
 * @param edges in the file's order; they may name nodes that do not exist
 * @param hints what the file says beyond its format
 */
public record Graph(String source, String version, Map<String, Node> nodes, List<Edge> edges, Hints hints) {
    public Graph {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        edges = List.copyOf(edges);
    }

    /** From one node to another, by name. */
    public record Edge(String from, String to) {}

    /**
     * What this program writes into its own files' metadata, so that they come back without questions.
     *
     * @param dt length of a time step in seconds
     * @param reset hard, soft or none
     * @param steps time steps T
     */
    public record Hints(Optional<Double> dt, Optional<String> reset, Optional<Integer> steps) {
        public static final Hints NONE = new Hints(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
