package h2learn.exchange.inspect;

import h2learn.exchange.graph.Graph;
import h2learn.exchange.graph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph's nodes in words. */
final class GraphText {
    private GraphText() {}

    /** The nodes' names along the edges from the inputs, then those that no edge leads to, as the file has them. */
    static Set<String> alongEdges(Graph graph) {
        Map<String, List<String>> next = new HashMap<>();
        graph.edges().forEach(edge -> next.computeIfAbsent(edge.from(), from -> new ArrayList<>())
                .add(edge.to()));
        Deque<String> waiting = new ArrayDeque<>();
        graph.nodes().forEach((name, node) -> {
            if (node instanceof Node.Input) {
                waiting.add(name);
            }
        });
        Set<String> names = new LinkedHashSet<>();
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            // edges may name nodes that do not exist
            if (graph.nodes().containsKey(name) && names.add(name)) {
                waiting.addAll(next.getOrDefault(name, List.of()));
            }
        }
        names.addAll(graph.nodes().keySet());
        return names;
    }

    /** Weights and biases. */
    static long parameters(Node node) {
        if (node instanceof Node.Dense dense) {
            return dense.weight().size() + dense.bias().map(bias -> bias.size()).orElse(0);
        }
        if (node instanceof Node.Convolution convolution) {
            return convolution.weight().size()
                    + convolution.bias().map(bias -> bias.size()).orElse(0);
        }
        return 0;
    }

    static String describe(Node node) {
        if (node instanceof Node.Input input) {
            return "shape " + input.shape();
        }
        if (node instanceof Node.Output output) {
            return "shape " + output.shape();
        }
        if (node instanceof Node.Dense dense) {
            return "weight " + dense.weight().shape() + ", " + dense.weight().range();
        }
        if (node instanceof Node.Convolution convolution) {
            return "weight " + convolution.weight().shape() + ", "
                    + convolution.weight().range() + ", stride " + convolution.stride() + ", padding "
                    + convolution.padding();
        }
        if (node instanceof Node.Pool pool) {
            return "kernel " + pool.kernel() + ", stride " + pool.stride();
        }
        if (node instanceof Node.Flatten flatten) {
            return "dimensions " + flatten.start() + " to " + flatten.end();
        }
        if (node instanceof Node.Neurons neurons) {
            String tau =
                    neurons.kind() == Node.Kind.LEAKY ? "tau " + neurons.tau().range() + ", " : "";
            return tau + "r " + neurons.r().range() + ", threshold "
                    + neurons.threshold().range() + ", reset "
                    + neurons.reset().map(reset -> "to " + reset.range()).orElse("not stored");
        }
        return "not supported: " + (node instanceof Node.Refused refused ? refused.reason() : node.type());
    }
}
