package h2learn.exchange.checkpoint;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Values;
import h2learn.exchange.graph.WeightOrder;
import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A network's weights from and to a framework's checkpoint. Other tensors of a checkpoint are passed over. */
public final class CheckpointWeights {
    private CheckpointWeights() {}

    /**
     * The weights of {@code network} from a checkpoint.
     *
     * @throws InvalidInputException with all problems, each naming the tensor: missing, of another shape, NaN, or a bias
     *     where the network has none
     */
    public static Parameters read(Path file, CheckpointMapping mapping, Network network) {
        List<LayerShape> shapes = weighted(network, mapping);
        SortedMap<String, Values> tensors = Checkpoint.read(file);
        Parameters parameters = new Parameters(network);
        List<String> problems = new ArrayList<>();
        for (int number = 0; number < shapes.size(); number++) {
            CheckpointMapping.Entry entry = mapping.layers().get(number);
            int layer = shapes.get(number).index();
            WeightOrder order = WeightOrder.of(network, layer);
            List<Integer> shape = order.shape();
            List<Integer> stored = entry.transpose() ? List.of(shape.get(1), shape.get(0)) : shape;
            tensor(file, tensors, entry.weight(), stored, problems).ifPresent(values -> {
                double[] rows = entry.transpose() ? transposed(values) : values.data();
                scaled(order.channelsLast(rows), entry.scale(), parameters.weight(layer));
            });
            entry.bias()
                    .flatMap(name -> tensor(file, tensors, name, List.of(order.outputs()), problems))
                    .ifPresent(values -> scaled(values.data(), entry.scale(), parameters.bias(layer)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return parameters;
    }

    /**
     * Writes the weights of {@code network} as a checkpoint with the mapping's names, shapes and scales.
     *
     * @throws InvalidInputException when mapping and network do not fit or the file cannot be written; it is then as
     *     before
     */
    public static void write(Path file, CheckpointMapping mapping, Network network, Parameters parameters) {
        List<LayerShape> shapes = weighted(network, mapping);
        SortedMap<String, Values> tensors = new TreeMap<>();
        for (int number = 0; number < shapes.size(); number++) {
            CheckpointMapping.Entry entry = mapping.layers().get(number);
            int layer = shapes.get(number).index();
            WeightOrder order = WeightOrder.of(network, layer);
            Values weight = new Values(order.shape(), order.channelsFirst(parameters.weight(layer)))
                    .map(value -> value / entry.scale());
            if (entry.transpose()) {
                List<Integer> shape =
                        List.of(order.shape().get(1), order.shape().get(0));
                weight = new Values(shape, transposed(weight));
            }
            put(file, tensors, entry.weight(), weight);
            if (entry.bias().isPresent()) {
                Values bias = Values.of(parameters.bias(layer)).map(value -> value / entry.scale());
                put(file, tensors, entry.bias().get(), bias);
            }
        }
        Checkpoint.write(file, tensors);
    }

    /** The layers with weights, after both were found to fit each other. */
    private static List<LayerShape> weighted(Network network, CheckpointMapping mapping) {
        List<LayerShape> shapes =
                network.shapes().stream().filter(LayerShape::weighted).toList();
        if (shapes.size() != mapping.layers().size()) {
            throw new InvalidInputException("mapping: has " + mapping.layers().size() + " layers, but the network "
                    + network.name() + " has " + shapes.size() + " with weights; name the tensors of each");
        }
        List<String> problems = new ArrayList<>();
        for (int number = 0; number < shapes.size(); number++) {
            CheckpointMapping.Entry entry = mapping.layers().get(number);
            boolean bias = shapes.get(number).bias();
            String path = "mapping: layers[" + number + "].";
            if (entry.bias().isPresent() != bias) {
                problems.add(path + "bias: " + (bias ? "is missing" : "is there") + ", but layers["
                        + shapes.get(number).index() + "] of the network has " + (bias ? "a" : "no")
                        + " bias; make them agree");
            }
            if (entry.transpose()
                    && WeightOrder.of(network, shapes.get(number).index()).kernel()) {
                problems.add(path + "transpose: is for dense layers only; leave it out");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return shapes;
    }

    private static Optional<Values> tensor(
            Path file, SortedMap<String, Values> tensors, String name, List<Integer> shape, List<String> problems) {
        Values values = tensors.get(name);
        if (values == null) {
            String known = tensors.keySet().stream()
                    .limit(20)
                    .reduce((left, right) -> left + ", " + right)
                    .orElse("");
            problems.add(file + ": " + name + ": no such tensor; there are " + (known.isEmpty() ? "none" : known));
            return Optional.empty();
        }
        if (!values.shape().equals(shape)) {
            problems.add(file + ": " + name + ": has the shape " + values.shape() + ", but the network's layer needs "
                    + shape + "; correct the network or the mapping");
            return Optional.empty();
        }
        return Optional.of(values);
    }

    private static void put(Path file, SortedMap<String, Values> tensors, String name, Values values) {
        if (tensors.put(name, values) != null) {
            throw new InvalidInputException(
                    file + ": " + name + ": the mapping names this tensor twice; give each its own name");
        }
    }

    private static double[] transposed(Values matrix) {
        int rows = matrix.shape().get(0);
        int columns = matrix.shape().get(1);
        double[] turned = new double[matrix.size()];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = matrix.data()[row * columns + column];
            }
        }
        return turned;
    }

    private static void scaled(double[] from, double scale, double[] to) {
        for (int index = 0; index < to.length; index++) {
            to[index] = from[index] * scale;
        }
    }
}
