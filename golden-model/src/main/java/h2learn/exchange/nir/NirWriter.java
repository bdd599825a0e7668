package h2learn.exchange.nir;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Graph;
import h2learn.exchange.graph.Node;
import h2learn.exchange.graph.Values;
import h2learn.tensor.WholeFile;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a {@link Graph} as a NIR file that {@link NirReader} and the format's own library read. */
public final class NirWriter {
    private NirWriter() {}

    /**
     * Writes a graph; the same graph always gives the same bytes.
     *
     * @throws InvalidInputException when the file cannot be written; it is then as before
     */
    public static void write(Path file, Graph graph) {
        WholeFile.write(file, stream -> {
            // the library writes only to a path of its own
            Path scratch = Files.createTempFile("h2learn", ".nir");
            try {
                write(graph, scratch);
                Files.copy(scratch, stream);
            } finally {
                Files.delete(scratch);
            }
        });
    }

    private static void write(Graph graph, Path scratch) throws IOException {
        try (WritableHdfFile hdf = HdfFile.write(scratch)) {
            hdf.putDataset("version", graph.version());
            WritableGroup root = hdf.putGroup("node");
            root.putDataset("type", "NIRGraph");
            String[][] edges = new String[graph.edges().size()][];
            for (int index = 0; index < edges.length; index++) {
                Graph.Edge edge = graph.edges().get(index);
                edges[index] = new String[] {edge.from(), edge.to()};
            }
            root.putDataset("edges", edges);
            WritableGroup nodes = root.putGroup("nodes");
            for (Map.Entry<String, Node> entry : graph.nodes().entrySet()) {
                node(nodes.putGroup(entry.getKey()), entry.getValue());
            }
            WritableGroup own = root.putGroup("metadata").putGroup(NirReader.METADATA);
            graph.hints().dt().ifPresent(dt -> own.putDataset("dt", dt));
            graph.hints().reset().ifPresent(reset -> own.putDataset("reset", reset));
            graph.hints().steps().ifPresent(steps -> own.putDataset("steps", steps));
        }
    }

    private static void node(WritableGroup group, Node node) {
        group.putDataset("type", node.type());
        if (node instanceof Node.Input input) {
            group.putDataset("shape", integers(input.shape()));
        } else if (node instanceof Node.Output output) {
            group.putDataset("shape", integers(output.shape()));
        } else if (node instanceof Node.Dense dense) {
            group.putDataset("weight", array(dense.weight()));
            dense.bias().ifPresent(bias -> group.putDataset("bias", array(bias)));
        } else if (node instanceof Node.Convolution convolution) {
            convolution(group, convolution);
        } else if (node instanceof Node.Pool pool) {
            group.putDataset("kernel_size", integers(pool.kernel()));
            group.putDataset("stride", integers(pool.stride()));
            group.putDataset("padding", integers(pool.padding()));
        } else if (node instanceof Node.Flatten flatten) {
            group.putDataset("start_dim", flatten.start());
            group.putDataset("end_dim", flatten.end());
        } else if (node instanceof Node.Neurons neurons) {
            neurons(group, neurons);
        } else {
            throw new IllegalArgumentException("a node of type " + node.type() + " cannot be written");
        }
    }

    private static void convolution(WritableGroup group, Node.Convolution convolution) {
        convolution.inputShape().ifPresent(shape -> group.putDataset("input_shape", integers(shape)));
        group.putDataset("weight", array(convolution.weight()));
        group.putDataset("stride", integers(convolution.stride()));
        group.putDataset("padding", integers(convolution.padding()));
        group.putDataset("dilation", integers(convolution.dilation()));
        group.putDataset("groups", convolution.groups());
        // the format's own library needs one
        int outputs = convolution.weight().shape().get(0);
        group.putDataset("bias", array(convolution.bias().orElse(Values.filled(outputs, 0))));
    }

    private static void neurons(WritableGroup group, Node.Neurons neurons) {
        if (neurons.kind() == Node.Kind.THRESHOLD) {
            group.putDataset("threshold", array(neurons.threshold()));
            return;
        }
        group.putDataset("r", array(neurons.r()));
        group.putDataset("v_threshold", array(neurons.threshold()));
        neurons.reset().ifPresent(reset -> group.putDataset("v_reset", array(reset)));
        if (neurons.kind() == Node.Kind.LEAKY) {
            group.putDataset("tau", array(neurons.tau()));
            group.putDataset("v_leak", array(neurons.leak()));
        }
    }

    private static long[] integers(List<Integer> list) {
        return list.stream().mapToLong(value -> value).toArray();
    }

    /** Nested arrays of float32 where that keeps every value, else of float64. */
    private static Object array(Values values) {
        boolean single = values.isSingle();
        if (values.shape().isEmpty()) {
            return single ? (Object) (float) values.data()[0] : (Object) values.data()[0];
        }
        int[] shape = values.shape().stream().mapToInt(size -> size).toArray();
        Object array = Array.newInstance(single ? float.class : double.class, shape);
        fill(array, values, 0, values.size(), single);
        return array;
    }

    private static void fill(Object array, Values values, int from, int count, boolean single) {
        int length = Array.getLength(array);
        for (int index = 0; index < length; index++) {
            if (array instanceof Object[] rows) {
                fill(rows[index], values, from + index * (count / length), count / length, single);
            } else if (single) {
                ((float[]) array)[index] = (float) values.data()[from + index];
            } else {
                ((double[]) array)[index] = values.data()[from + index];
            }
        }
    }
}
