package h2learn.exchange.checkpoint;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Values;
import h2learn.tensor.ElementType;
import h2learn.tensor.NpyArray;
import h2learn.tensor.Npz;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tensors by name in a file whose ending says the format: {@code .npz} or {@code .safetensors}. */
public final class Checkpoint {
    private static final String NPZ = ".npz";
    private static final String SAFETENSORS = ".safetensors";

    private Checkpoint() {}

    /** Whether the ending is one of a checkpoint. */
    public static boolean isOne(Path file) {
        return hasEnding(file, NPZ) || hasEnding(file, SAFETENSORS);
    }

    /**
     * All tensors of a file.
     *
     * @throws InvalidInputException with all problems of the file, each naming the tensor
     */
    public static SortedMap<String, Values> read(Path file) {
        if (hasEnding(file, SAFETENSORS)) {
            return SafeTensors.read(file);
        }
        if (!hasEnding(file, NPZ)) {
            throw unknown(file);
        }
        SortedMap<String, Values> tensors = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, NpyArray> entry : Npz.read(file).entrySet()) {
            NpyArray array = entry.getValue();
            List<Integer> shape = Arrays.stream(array.shape()).boxed().toList();
            double[] data = array.type().isReal()
                    ? array.reals()
                    : Arrays.stream(array.integers()).asDoubleStream().toArray();
            try {
                tensors.put(entry.getKey(), new Values(shape, data).finite(file + ": " + entry.getKey()));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return tensors;
    }

    /**
     * Writes tensors as float32 where that keeps every value, else as float64; the same tensors always give the same
     * bytes.
     *
     * @throws InvalidInputException when the file cannot be written; it is then as before
     */
    public static void write(Path file, SortedMap<String, Values> tensors) {
        if (hasEnding(file, SAFETENSORS)) {
            SafeTensors.write(file, tensors);
        } else if (hasEnding(file, NPZ)) {
            SortedMap<String, NpyArray> arrays = new TreeMap<>();
            tensors.forEach((name, values) -> arrays.put(
                    name,
                    NpyArray.reals(
                            values.isSingle() ? ElementType.FLOAT32 : ElementType.FLOAT64,
                            values.data(),
                            values.shape().stream().mapToInt(size -> size).toArray())));
            Npz.write(file, arrays);
        } else {
            throw unknown(file);
        }
    }

    private static InvalidInputException unknown(Path file) {
        return new InvalidInputException(
                file + ": is no checkpoint by its name; use the ending " + NPZ + " or " + SAFETENSORS);
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
