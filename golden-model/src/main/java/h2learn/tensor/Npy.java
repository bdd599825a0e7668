package h2learn.tensor;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads and writes .npy files. Memory grows with the bytes that are there, not with what a header claims. */
public final class Npy {
    /** Bytes converted at a time; a multiple of every element's. */
    private static final int CHUNK = 1 << 16;

    private Npy() {}

    /**
     * Reads a file: either byte order, C or Fortran order, versions 1.0 to 3.0.
     *
     * @throws InvalidInputException naming the file, when it is missing, truncated, too long, too large or something else
     */
    public static NpyArray read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(new BufferedInputStream(stream, CHUNK), file.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file; give the path of a .npy file");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e));
        }
    }

    /**
     * Writes a file of version 1.0, little-endian, in C order: the bytes that NumPy's {@code save} writes.
     *
     * @throws InvalidInputException when it cannot be written; the file is then as before
     */
    public static void write(Path file, NpyArray array) {
        WholeFile.write(file, stream -> write(stream, array));
    }

    static NpyArray read(InputStream stream, String name) throws IOException {
        try {
            DataInputStream data = new DataInputStream(stream);
            NpyHeader header = NpyHeader.read(data, name);
            NpyArray array = elements(data, header, name);
            if (data.read() >= 0) {
                throw new InvalidInputException(name + ": goes on after its last element; save it again");
            }
            return array;
        } catch (EOFException e) {
            throw NpyHeader.truncated(name);
        }
    }

    static void write(OutputStream stream, NpyArray array) throws IOException {
        stream.write(NpyHeader.write(array));
        ElementType type = array.type();
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < array.size(); index++) {
            if (type.isReal()) {
                type.putReal(buffer, array.reals()[index]);
            } else {
                type.putInteger(buffer, array.integers()[index]);
            }
            if (!buffer.hasRemaining() || index == array.size() - 1) {
                stream.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        }
    }

    private static NpyArray elements(InputStream stream, NpyHeader header, String name) throws IOException {
        ElementType type = header.type();
        int count = NpyArray.elements(header.shape());
        int perChunk = CHUNK / type.bytes();
        long[] integers = new long[type.isReal() ? 0 : Math.min(count, perChunk)];
        double[] reals = new double[type.isReal() ? Math.min(count, perChunk) : 0];
        int done = 0;
        while (done < count) {
            int elements = Math.min(count - done, perChunk);
            byte[] bytes = stream.readNBytes(elements * type.bytes());
            if (bytes.length < elements * type.bytes()) {
                throw new InvalidInputException(name + ": is truncated: it ends after "
                        + (done + bytes.length / type.bytes()) + " of " + count + " elements; save it again");
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
            int capacity = (int) Math.min(count, 2L * (done + elements));
            if (type.isReal()) {
                reals = reals.length < done + elements ? Arrays.copyOf(reals, capacity) : reals;
                for (int index = done; index < done + elements; index++) {
                    reals[index] = type.getReal(buffer);
                }
            } else {
                integers = integers.length < done + elements ? Arrays.copyOf(integers, capacity) : integers;
                for (int index = done; index < done + elements; index++) {
                    integers[index] = type.getInteger(buffer);
                }
            }
            done += elements;
        }
        int[] shape = header.shape();
        if (type.isReal()) {
            return NpyArray.reals(type, header.columnMajor() ? rowMajor(reals, shape) : reals, shape);
        }
        return NpyArray.integers(type, header.columnMajor() ? rowMajor(integers, shape) : integers, shape);
    }

    private static double[] rowMajor(double[] columnMajor, int[] shape) {
        int[] positions = rowMajorPositions(columnMajor.length, shape);
        double[] result = new double[columnMajor.length];
        for (int index = 0; index < result.length; index++) {
            result[positions[index]] = columnMajor[index];
        }
        return result;
    }

    private static long[] rowMajor(long[] columnMajor, int[] shape) {
        int[] positions = rowMajorPositions(columnMajor.length, shape);
        long[] result = new long[columnMajor.length];
        for (int index = 0; index < result.length; index++) {
            result[positions[index]] = columnMajor[index];
        }
        return result;
    }

    /** Where each element of a column-major array (first index fastest) stands in a row-major one. */
    private static int[] rowMajorPositions(int count, int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        int[] at = new int[shape.length];
        int[] positions = new int[count];
        int position = 0;
        for (int index = 0; index < count; index++) {
            positions[index] = position;
            for (int axis = 0; axis < shape.length; axis++) {
                position += strides[axis];
                if (++at[axis] < shape[axis]) {
                    break;
                }
                position -= at[axis] * strides[axis];
                at[axis] = 0;
            }
        }
        return positions;
    }
}
