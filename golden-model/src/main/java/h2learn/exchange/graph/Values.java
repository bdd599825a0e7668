package h2learn.exchange.graph;

import h2learn.config.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A tensor of finite reals.
 *
 * @param shape sizes, outermost first; empty for a scalar
 * @param data all elements, the last dimension fastest; not to be changed
 */
public record Values(List<Integer> shape, double[] data) {
    public Values {
        shape = List.copyOf(shape);
        if (count(shape) != data.length) {
            throw new IllegalArgumentException(data.length + " elements do not fill the shape " + shape);
        }
    }

    public static Values scalar(double value) {
        return new Values(List.of(), new double[] {value});
    }

    /** A vector. */
    public static Values of(double... data) {
        return new Values(List.of(data.length), data);
    }

    /** The same value in every element of a vector. */
    public static Values filled(int length, double value) {
        double[] data = new double[length];
        Arrays.fill(data, value);
        return new Values(List.of(length), data);
    }

    /** How many elements a shape has; -1 when more than an array holds or when a size is negative. */
    public static long count(List<Integer> shape) {
        long count = 1;
        for (int size : shape) {
            if (size < 0) {
                return -1;
            }
            count *= size;
            if (count > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return count;
    }

    public int size() {
        return data.length;
    }

    /** Whether all elements are equal; false for none. */
    public boolean uniform() {
        for (double value : data) {
            if (value != data[0]) {
                return false;
            }
        }
        return data.length > 0;
    }

    /** The smallest and the largest element, for sentences: {@code 0.5} or {@code 0.25 to 0.5}. */
    public String range() {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : data) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return data.length == 0 ? "nothing" : least == most ? Double.toString(least) : least + " to " + most;
    }

    /** Whether float32 holds every element. */
    public boolean isSingle() {
        for (double value : data) {
            if ((float) value != value) {
                return false;
            }
        }
        return true;
    }

    /** A new tensor of the results. */
    public Values map(DoubleUnaryOperator operator) {
        double[] mapped = new double[data.length];
        for (int index = 0; index < data.length; index++) {
            mapped[index] = operator.applyAsDouble(data[index]);
        }
        return new Values(shape, mapped);
    }

    /**
     * This tensor when every element is a finite number.
     *
     * @param path what errors call it
     */
    public Values finite(String path) {
        int wrong = 0;
        for (double value : data) {
            if (!Double.isFinite(value)) {
                wrong++;
            }
        }
        if (wrong > 0) {
            throw new InvalidInputException(path + ": " + wrong + " of its " + data.length
                    + " values are NaN or infinite; save the network before it diverged");
        }
        return this;
    }
}
