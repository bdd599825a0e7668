package h2learn.exchange.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small graphs for tests. */
public final class TestGraphs {
    private TestGraphs() {}

    /** Input [2], Affine of 3 neurons, LIF, Output. */
    public static Map<String, Node> nodes() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("in", new Node.Input(List.of(2)));
        nodes.put(
                "fc",
                new Node.Dense(
                        new Values(List.of(3, 2), new double[] {0.5, 0.25, -0.5, 1, 0.125, 0.75}),
                        Optional.of(Values.of(0.25, 0, -0.25))));
        nodes.put("lif", lif(Values.filled(3, 2e-4), Values.filled(3, 2), Values.filled(3, 0.5)));
        nodes.put("out", new Node.Output(List.of(3)));
        return nodes;
    }

    /** LIF neurons at rest at 0, without a stored reset. */
    public static Node.Neurons lif(Values tau, Values r, Values threshold) {
        return new Node.Neurons(Node.Kind.LEAKY, tau, r, Values.scalar(0), threshold, Optional.empty());
    }

    /** The nodes one after another. */
    public static Graph chain(Map<String, Node> nodes) {
        List<Graph.Edge> edges = new ArrayList<>();
        List<String> names = List.copyOf(nodes.keySet());
        for (int index = 1; index < names.size(); index++) {
            edges.add(new Graph.Edge(names.get(index - 1), names.get(index)));
        }
        return new Graph("test.nir", "1.0", nodes, edges, Graph.Hints.NONE);
    }

    /** The chain with one node replaced or, before the last one, added. */
    public static Graph with(String name, Node node) {
        Map<String, Node> nodes = nodes();
        Node out = nodes.get("out");
        if (!nodes.containsKey(name)) {
            nodes.remove("out");
            nodes.put(name, node);
            nodes.put("out", out);
        } else {
            nodes.put(name, node);
        }
        return chain(nodes);
    }

    /** The chain with further edges. */
    public static Graph withEdges(Graph graph, Graph.Edge... further) {
        List<Graph.Edge> edges = new ArrayList<>(graph.edges());
        edges.addAll(List.of(further));
        return new Graph(graph.source(), graph.version(), graph.nodes(), edges, graph.hints());
    }
}
