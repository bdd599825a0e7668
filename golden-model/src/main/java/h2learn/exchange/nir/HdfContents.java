package h2learn.exchange.nir;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Values;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads all groups and datasets of an open HDF5 file, refusing what would take unbounded memory before it is
 * allocated: sizes that no file of this length can hold, compressed blocks that grow beyond their block's size.
 */
final class HdfContents {
    /** Most elements of all datasets together: 512 MiB as doubles. */
    static final long MAXIMUM_ELEMENTS = 1L << 26;

    private static final int MAXIMUM_DEPTH = 16;
    private static final int MAXIMUM_ENTRIES = 100_000;
    /** Deflate makes at most 1032 bytes of one. */
    private static final long LARGEST_COMPRESSION = 1032;

    private final String source;
    private final long fileBytes;
    private long elements;
    private int entries;

    private HdfContents(String source, long fileBytes) {
        this.source = source;
        this.fileBytes = fileBytes;
    }

    /** The contents of a whole file that errors call {@code source}. */
    static HdfEntry.Group read(String source, ByteBuffer bytes) {
        try (HdfFile file = HdfFile.fromByteBuffer(bytes)) {
            return new HdfContents(source, bytes.capacity()).group(file, "", 0);
        }
    }

    private HdfEntry.Group group(Group group, String path, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new InvalidInputException(source + ": " + path + ": groups lie in each other more than "
                    + MAXIMUM_DEPTH + " deep; the file is damaged");
        }
        Map<String, HdfEntry> read = new LinkedHashMap<>();
        for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
            String below = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
            if (++entries > MAXIMUM_ENTRIES) {
                throw new InvalidInputException(
                        source + ": holds more than " + MAXIMUM_ENTRIES + " groups and datasets; it is damaged");
            }
            Node node = child.getValue();
            if (node.isLink()) {
                read.put(child.getKey(), new HdfEntry.Unreadable("is a link, which is not followed"));
            } else if (node instanceof Group inner) {
                read.put(child.getKey(), group(inner, below, depth + 1));
            } else if (node instanceof Dataset dataset) {
                read.put(child.getKey(), dataset(dataset, below));
            } else {
                read.put(child.getKey(), new HdfEntry.Unreadable("is neither a group nor a dataset"));
            }
        }
        return new HdfEntry.Group(read);
    }

    private HdfEntry dataset(Dataset dataset, String path) {
        if (dataset.isEmpty()) {
            return new HdfEntry.Unreadable("holds no value");
        }
        List<Integer> shape = new ArrayList<>();
        long count = 1;
        for (long size : dataset.getDimensionsAsLong()) {
            // every partial product is checked, so that none overflows
            if (size < 0 || size > MAXIMUM_ELEMENTS || count * Math.max(1, size) > MAXIMUM_ELEMENTS) {
                throw tooLarge(path, Arrays.toString(dataset.getDimensionsAsLong()));
            }
            count *= size;
            shape.add((int) size);
        }
        long bytes = count * Math.max(1, dataset.getDataType().getSize());
        elements += count;
        if (elements > MAXIMUM_ELEMENTS || bytes / LARGEST_COMPRESSION > fileBytes) {
            throw tooLarge(path, shape.toString());
        }
        if (dataset instanceof ChunkedDataset chunked && count > 0) {
            new ChunkCheck(source + ": " + path, fileBytes).check(chunked);
        }
        // a scalar's type is the boxed one
        Class<?> type = MethodType.methodType(dataset.getJavaType()).unwrap().returnType();
        boolean number = type == float.class || type == double.class || isInteger(type);
        if (type != String.class && !number) {
            return new HdfEntry.Unreadable("holds " + type.getSimpleName() + ", neither numbers nor strings");
        }
        if (count == 0) {
            return new HdfEntry.Unreadable("holds no value");
        }
        Object data = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
        return type == String.class
                ? new HdfEntry.Texts(shape, texts(data))
                : new HdfEntry.Numbers(new Values(shape, numbers(data)), isInteger(type));
    }

    private InvalidInputException tooLarge(String path, String shape) {
        return new InvalidInputException(source + ": " + path + ": its shape " + shape
                + " is more than the file can hold or than the " + MAXIMUM_ELEMENTS
                + " values that are read of one file; it is damaged or too large");
    }

    private static boolean isInteger(Class<?> type) {
        return type == byte.class || type == short.class || type == int.class || type == long.class;
    }

    private static double[] numbers(Object data) {
        if (data instanceof double[] doubles) {
            return doubles;
        }
        if (data instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        double[] numbers = new double[Array.getLength(data)];
        if (data instanceof float[] floats) {
            for (int index = 0; index < numbers.length; index++) {
                numbers[index] = floats[index];
            }
            return numbers;
        }
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = ((Number) Array.get(data, index)).doubleValue();
        }
        return numbers;
    }

    private static List<String> texts(Object data) {
        List<String> texts = new ArrayList<>();
        if (data instanceof Object[] several) {
            for (Object element : several) {
                texts.addAll(texts(element));
            }
        } else {
            texts.add(String.valueOf(data));
        }
        return texts;
    }
}
