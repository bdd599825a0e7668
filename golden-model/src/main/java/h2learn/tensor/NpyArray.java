package h2learn.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An n-dimensional array as NumPy's files hold it: shape, element type, elements in C order (last index fastest). */
public final class NpyArray {
    /** Most elements of an array: 2^26, 512 MiB in memory. Larger files are refused, not read. */
    public static final int MAXIMUM_ELEMENTS = 1 << 26;
    /** Most dimensions, NumPy's own limit. */
    public static final int MAXIMUM_DIMENSIONS = 32;

    private final int[] shape;
    private final ElementType type;
    private final long[] integers;
    private final double[] reals;

    private NpyArray(int[] shape, ElementType type, long[] integers, double[] reals) {
        if (elements(shape) != (type.isReal() ? reals.length : integers.length)) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " does not have "
                    + (reals.length + integers.length) + " elements");
        }
        this.shape = shape;
        this.type = type;
        this.integers = integers;
        this.reals = reals;
    }

    /**
     * An array of an integer type.
     *
     * @param values in C order; not copied
     * @param shape sizes, outermost first; none for a single number
     * @throws IllegalArgumentException when the type is real or does not hold a value, or shape and values do not fit
     */
    public static NpyArray integers(ElementType type, long[] values, int... shape) {
        if (type.isReal()) {
            throw new IllegalArgumentException(type + " is no integer type");
        }
        for (long value : values) {
            if (!type.holds(value)) {
                throw new IllegalArgumentException(type + " does not hold " + value);
            }
        }
        return new NpyArray(shape.clone(), type, values, new double[0]);
    }

    /**
     * An array of {@link ElementType#FLOAT64}.
     *
     * @param values in C order; not copied
     * @param shape sizes, outermost first; none for a single number
     */
    public static NpyArray reals(double[] values, int... shape) {
        return reals(ElementType.FLOAT64, values, shape);
    }

    /** The same of either real type; {@link ElementType#FLOAT32} rounds when it is written. */
    public static NpyArray reals(ElementType type, double[] values, int... shape) {
        if (!type.isReal()) {
            throw new IllegalArgumentException(type + " is no real type");
        }
        return new NpyArray(shape.clone(), type, new long[0], values);
    }

    /** Sizes, outermost first; empty for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    public boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    public ElementType type() {
        return type;
    }

    /** The product of the shape's sizes. */
    public int size() {
        return type.isReal() ? reals.length : integers.length;
    }

    /** Elements of an integer type, in C order; the array itself. Throws {@link IllegalStateException} for a real type. */
    public long[] integers() {
        if (type.isReal()) {
            throw new IllegalStateException(type + " is no integer type");
        }
        return integers;
    }

    /** Elements of a real type, in C order; the array itself. Throws {@link IllegalStateException} for an integer type. */
    public double[] reals() {
        if (!type.isReal()) {
            throw new IllegalStateException(type + " is no real type");
        }
        return reals;
    }

    /** The product of the sizes, or -1 when it or a size exceeds {@link #MAXIMUM_ELEMENTS}. */
    static int elements(int[] shape) {
        long product = 1;
        for (int size : shape) {
            product *= size;
            if (size < 0 || size > MAXIMUM_ELEMENTS || product > MAXIMUM_ELEMENTS) {
                return -1;
            }
        }
        return (int) product;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NpyArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(integers, that.integers)
                && Arrays.equals(reals, that.reals);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + Arrays.hashCode(shape))
                + Arrays.hashCode(integers)
                + Arrays.hashCode(reals);
    }

    @Override
    public String toString() {
        return type.code() + Arrays.toString(shape);
    }
}
