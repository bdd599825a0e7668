package h2learn.exchange.nir;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Graph;
import h2learn.exchange.graph.Node;
import h2learn.exchange.graph.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a NIR file (versions 0.x and 1.x) as a {@link Graph}. Nodes of types that no accelerator of this project runs
 * become {@link Node.Refused}; whether the nodes form a network is not looked at here.
 */
public final class NirReader {
    /** Group of this program's own metadata in the graph's metadata. */
    static final String METADATA = "h2learn";

    private static final Set<String> RESETS = Set.of("hard", "soft", "none");
    private static final int MAXIMUM_NODES = 4096;

    private final HdfReader reader;

    public NirReader() {
        this(new HdfReader());
    }

    NirReader(HdfReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException with all problems of the file, each naming the node
     */
    public Graph read(Path file) {
        HdfEntry.Group root = reader.read(file);
        String source = file.toString();
        if (!(root.entries().get("node") instanceof HdfEntry.Group node)) {
            throw new InvalidInputException(
                    source + ": has no group node; it is an HDF5 file, but not one of NIR (nir.write makes them)");
        }
        List<String> problems = new ArrayList<>();
        NodeFields graph = new NodeFields(source + ": node", node, problems);
        String type = graph.text("type");
        if (!type.isEmpty() && !type.equals("NIRGraph")) {
            problems.add(source + ": node: is a single " + type + "; put it into a NIRGraph with Input and Output");
        }
        Map<String, Node> nodes = nodes(source, node, problems);
        List<Graph.Edge> edges = edges(source, node, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        String version = root.entries().get("version") instanceof HdfEntry.Texts texts
                ? texts.texts().get(0)
                : "unknown";
        return new Graph(source, version, nodes, edges, hints(node));
    }

    private static Map<String, Node> nodes(String source, HdfEntry.Group graph, List<String> problems) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        if (!(graph.entries().get("nodes") instanceof HdfEntry.Group group)) {
            problems.add(source + ": node: has no group nodes; the graph is empty");
            return nodes;
        }
        if (group.entries().size() > MAXIMUM_NODES) {
            problems.add(source + ": node/nodes: holds " + group.entries().size() + " nodes, more than the "
                    + MAXIMUM_NODES + " that are read");
            return nodes;
        }
        group.entries().forEach((name, entry) -> {
            String path = source + ": node " + name;
            if (entry instanceof HdfEntry.Group fields) {
                nodes.put(name, node(new NodeFields(path, fields, problems)));
            } else {
                problems.add(path + ": is not a group; the file is damaged");
            }
        });
        return nodes;
    }

    private static Node node(NodeFields fields) {
        String type = fields.text("type");
        return switch (type) {
            case "Input" -> new Node.Input(fields.integers("shape"));
            case "Output" -> new Node.Output(fields.integers("shape"));
            case "Affine" -> new Node.Dense(fields.matrix("weight"), Optional.of(fields.numbers("bias")));
            case "Linear" -> new Node.Dense(fields.matrix("weight"), Optional.empty());
            case "Conv2d" -> convolution(fields);
            case "SumPool2d", "AvgPool2d" -> new Node.Pool(
                    type.equals("AvgPool2d"),
                    fields.pair("kernel_size"),
                    fields.pair("stride"),
                    fields.pair("padding"));
            case "Flatten" -> new Node.Flatten(fields.integer("start_dim", 1), fields.integer("end_dim", -1));
            case "LIF" -> new Node.Neurons(
                    Node.Kind.LEAKY,
                    fields.numbers("tau"),
                    fields.numbers("r"),
                    fields.numbers("v_leak"),
                    fields.numbers("v_threshold"),
                    fields.optional("v_reset"));
            case "IF" -> new Node.Neurons(
                    Node.Kind.INTEGRATE,
                    Values.scalar(1),
                    fields.numbers("r"),
                    Values.scalar(0),
                    fields.numbers("v_threshold"),
                    fields.optional("v_reset"));
            case "Threshold" -> new Node.Neurons(
                    Node.Kind.THRESHOLD,
                    Values.scalar(1),
                    Values.scalar(1),
                    Values.scalar(0),
                    fields.numbers("threshold"),
                    Optional.empty());
            default -> new Node.Refused(type.isEmpty() ? "without type" : type, reason(type));
        };
    }

    private static Node convolution(NodeFields fields) {
        Values weight = fields.tensor("weight", 4);
        List<Integer> dilation = fields.pair("dilation");
        return new Node.Convolution(
                fields.has("input_shape") ? Optional.of(fields.pair("input_shape")) : Optional.empty(),
                weight,
                fields.pair("stride"),
                fields.padding("padding", weight, dilation),
                dilation,
                fields.integer("groups", 1),
                fields.optional("bias"));
    }

    private static String reason(String type) {
        return switch (type) {
            case "CubaLIF", "CubaLI" -> "its synaptic current is a second state of the neuron; train with LIF";
            case "LI", "I" -> "its output is no spike; end the network with LIF or IF neurons";
            case "NIRGraph" -> "a graph in a graph (of recurrent layers, for example) is not run; write it flat";
            case "Delay" -> "spikes cannot be delayed; leave delays out of the network";
            case "Conv1d" -> "only convolutions in two dimensions are run; write it as Conv2d of height 1";
            case "Scale" -> "a scale of its own is not run; multiply the next layer's weights by it";
            default -> "the accelerator has no such node; supported are Input, Output, Affine, Linear, Conv2d, LIF,"
                    + " IF, Threshold, Flatten, SumPool2d and AvgPool2d";
        };
    }

    private static List<Graph.Edge> edges(String source, HdfEntry.Group graph, List<String> problems) {
        List<Graph.Edge> edges = new ArrayList<>();
        if (!(graph.entries().get("edges") instanceof HdfEntry.Texts texts)
                || texts.shape().size() != 2
                || texts.shape().get(1) != 2) {
            problems.add(source + ": node/edges: is not a list of pairs of node names; write the graph with its edges");
            return edges;
        }
        for (int index = 0; index < texts.texts().size(); index += 2) {
            edges.add(new Graph.Edge(texts.texts().get(index), texts.texts().get(index + 1)));
        }
        return edges;
    }

    private static Graph.Hints hints(HdfEntry.Group graph) {
        if (graph.entries().get("metadata") instanceof HdfEntry.Group metadata
                && metadata.entries().get(METADATA) instanceof HdfEntry.Group own) {
            return new Graph.Hints(
                    own.entries().get("dt") instanceof HdfEntry.Numbers numbers
                            ? Optional.of(numbers.values().data()[0])
                            : Optional.empty(),
                    text(own, "reset").filter(RESETS::contains),
                    own.entries().get("steps") instanceof HdfEntry.Numbers steps
                            ? Optional.of((int) steps.values().data()[0])
                            : Optional.empty());
        }
        return Graph.Hints.NONE;
    }

    private static Optional<String> text(HdfEntry.Group group, String name) {
        return group.entries().get(name) instanceof HdfEntry.Texts texts
                ? Optional.of(texts.texts().get(0))
                : Optional.empty();
    }
}
