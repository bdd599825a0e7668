package h2learn.model.exchange;

import h2learn.config.InvalidInputException;
import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.tensor.NpyArray;
import h2learn.tensor.Npz;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Weights and biases of a network in a .npz file: real numbers named {@code layerK.weight} as [out, in], in a
 * convolution [out, kernel row, kernel column, in], and {@code layerK.bias} as [out], with K from 1 for the first layer.
 * Pools count as layers and have none.
 */
public final class WeightFile {
    private WeightFile() {}

    /**
     * Reads the weights of {@code network} from a file that holds them and nothing else, as float32 or float64.
     *
     * @throws InvalidInputException with all problems of the file: arrays that are missing or unknown, of another shape
     *     or type, or with elements that are NaN or infinite
     */
    public static Parameters read(Path file, Network network) {
        SortedMap<String, NpyArray> arrays = Npz.read(file);
        Parameters parameters = new Parameters(network);
        List<String> problems = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
            if (!shape.weighted()) {
                continue;
            }
            int layer = shape.index();
            String weight = TensorNames.of(layer, "weight");
            read(file, weight, arrays.remove(weight), parameters.weight(layer), problems, shape.weightShape());
            String bias = TensorNames.of(layer, "bias");
            if (shape.bias()) {
                read(file, bias, arrays.remove(bias), parameters.bias(layer), problems, shape.outputs());
            } else if (arrays.remove(bias) != null) {
                problems.add(file + ": " + bias + ": is there, but the network's layer " + (layer + 1)
                        + " has no bias; leave it out or give the layer one");
            }
        }
        for (String name : arrays.keySet()) {
            problems.add(file + ": " + name + ": is no array of the network " + network.name()
                    + ", which has layers 1 to " + network.shapes().size() + "; leave it out");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return parameters;
    }

    /**
     * Writes the weights as float64; the same weights always give the same bytes.
     *
     * @throws InvalidInputException when the file cannot be written; it is then as before
     */
    public static void write(Path file, Network network, Parameters parameters) {
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        for (LayerShape shape : network.shapes()) {
            if (!shape.weighted()) {
                continue;
            }
            int layer = shape.index();
            arrays.put(TensorNames.of(layer, "weight"), NpyArray.reals(parameters.weight(layer), shape.weightShape()));
            if (shape.bias()) {
                arrays.put(TensorNames.of(layer, "bias"), NpyArray.reals(parameters.bias(layer), shape.outputs()));
            }
        }
        Npz.write(file, arrays);
    }

    private static void read(
            Path file, String name, @Nullable NpyArray array, double[] to, List<String> problems, int... shape) {
        String where = file + ": " + name + ": ";
        if (array == null) {
            problems.add(where + "is missing; add it with shape " + Arrays.toString(shape));
            return;
        }
        if (!array.hasShape(shape)) {
            problems.add(where + "has shape " + Arrays.toString(array.shape()) + ", not " + Arrays.toString(shape)
                    + "; give the weights of this network");
        }
        if (!array.type().isReal()) {
            problems.add(where + "has elements of type " + array.type().code() + "; save real numbers, f4 or f8");
            return;
        }
        double[] values = array.reals();
        for (int index = 0; index < values.length; index++) {
            if (!Double.isFinite(values[index])) {
                problems.add(where + "element " + Arrays.toString(position(index, array.shape())) + " is "
                        + values[index] + "; weights are finite numbers");
                return;
            }
        }
        if (array.hasShape(shape)) {
            System.arraycopy(values, 0, to, 0, to.length);
        }
    }

    private static int[] position(int index, int[] shape) {
        int[] position = new int[shape.length];
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            position[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return position;
    }
}
