package h2learn.exchange.graph;

import h2learn.config.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The one way from a graph's input to its output: the accelerator runs layers one after another. */
public final class Chain {
    private Chain() {}

    /** A node and its name. */
    public record Named(String name, Node node) {}

    /**
     * The nodes from the input to the output.
     *
     * @throws InvalidInputException with all reasons why there is no single way: an edge to a node that does not exist,
     *     a node with several successors or predecessors, a loop, no input or output
     */
    public static List<Named> of(Graph graph) {
        List<String> problems = new ArrayList<>();
        Map<String, List<String>> after = new LinkedHashMap<>();
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (String name : graph.nodes().keySet()) {
            after.put(name, new ArrayList<>());
            before.put(name, new ArrayList<>());
        }
        Set<Graph.Edge> seen = new HashSet<>();
        for (int index = 0; index < graph.edges().size(); index++) {
            Graph.Edge edge = graph.edges().get(index);
            int number = index;
            List<String> missing = Stream.of(edge.from(), edge.to())
                    .filter(name -> !graph.nodes().containsKey(name))
                    .toList();
            for (String name : missing) {
                problems.add(graph.source() + ": edges[" + number + "]: " + edge.from() + " -> " + edge.to()
                        + " names the node " + name + ", which does not exist; remove the edge or add the node");
            }
            if (missing.isEmpty() && seen.add(edge)) {
                after.getOrDefault(edge.from(), List.of()).add(edge.to());
                before.getOrDefault(edge.to(), List.of()).add(edge.from());
            }
        }
        branches(graph, after, before, problems);
        String start = only(graph, Node.Input.class, "Input", problems);
        only(graph, Node.Output.class, "Output", problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return walk(graph, start, after);
    }

    private static void branches(
            Graph graph, Map<String, List<String>> after, Map<String, List<String>> before, List<String> problems) {
        for (String name : graph.nodes().keySet()) {
            List<String> next = after.getOrDefault(name, List.of());
            List<String> previous = before.getOrDefault(name, List.of());
            if (next.size() > 1) {
                problems.add(where(graph, name) + "goes on to several nodes, " + String.join(", ", next)
                        + "; the accelerator runs layers one after another, without branches or recurrence");
            }
            if (previous.size() > 1) {
                problems.add(where(graph, name) + "has several predecessors, " + String.join(", ", previous)
                        + "; the accelerator runs layers one after another, without sums of branches or recurrence");
            }
        }
    }

    private static List<Named> walk(Graph graph, String start, Map<String, List<String>> after) {
        List<Named> chain = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        String name = start;
        while (true) {
            if (!visited.add(name)) {
                throw new InvalidInputException(
                        where(graph, name) + "is part of a loop; recurrent networks are not supported");
            }
            Node node = graph.nodes().get(name);
            if (node == null) {
                throw new IllegalStateException("no node " + name);
            }
            chain.add(new Named(name, node));
            if (node instanceof Node.Output) {
                break;
            }
            List<String> next = after.getOrDefault(name, List.of());
            if (next.isEmpty()) {
                throw new InvalidInputException(
                        where(graph, name) + "goes on to no node; connect it to the next one or to the Output");
            }
            name = next.get(0);
        }
        List<String> unreached = graph.nodes().keySet().stream()
                .filter(other -> !visited.contains(other))
                .toList();
        if (!unreached.isEmpty()) {
            throw new InvalidInputException(graph.source() + ": the nodes " + String.join(", ", unreached)
                    + " are not on the way from the Input to the Output; connect or remove them");
        }
        return chain;
    }

    private static String only(Graph graph, Class<? extends Node> type, String called, List<String> problems) {
        List<String> names = graph.nodes().entrySet().stream()
                .filter(entry -> type.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (names.size() != 1) {
            problems.add(graph.source() + ": has " + names.size() + " nodes of type " + called
                    + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")") + "; exactly one is supported");
        }
        return names.isEmpty() ? "" : names.get(0);
    }

    /** The beginning of a sentence about a node. */
    static String where(Graph graph, String name) {
        Node node = graph.nodes().get(name);
        return graph.source() + ": node " + name + (node == null ? "" : " (" + node.type() + ")") + ": ";
    }
}
