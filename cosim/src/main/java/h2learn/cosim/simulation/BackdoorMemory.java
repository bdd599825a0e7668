package h2learn.cosim.simulation;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Objects;

/** A memory, or a register as one of depth 1, read straight from the model's state. Costs no cycles. */
public final class BackdoorMemory {
    private final Model model;
    private final String path;
    private final Pointer data;
    private final int width;
    private final int depth;
    private final int elementBytes;

    BackdoorMemory(Model model, String path, Pointer data, int width, int depth, int elementBytes) {
        this.model = model;
        this.path = path;
        this.data = data;
        this.width = width;
        this.depth = depth;
        this.elementBytes = elementBytes;
    }

    /** Bits of an element. */
    public int width() {
        return width;
    }

    /** Number of elements. */
    public int depth() {
        return depth;
    }

    /** Bytes of an element in the model: 1, 2, 4, 8, or a multiple of 4 for those wider than 64 bits. */
    public int elementBytes() {
        return elementBytes;
    }

    /** {@code count} elements from {@code from} on, zero-extended; they have at most 32 bits. */
    public int[] readInts(int from, int count) {
        check(from, count, Integer.SIZE);
        int[] values = new int[count];
        if (count > 0) {
            try (Memory memory = new Memory(4L * count)) {
                NativeCore.h2_elements_read(at(from), elementBytes, count, memory, 4);
                memory.read(0, values, 0, count);
            }
        }
        return values;
    }

    /** {@code count} elements from {@code from} on, zero-extended; they have at most 64 bits. */
    public long[] readLongs(int from, int count) {
        check(from, count, Long.SIZE);
        long[] values = new long[count];
        if (count > 0) {
            try (Memory memory = new Memory(8L * count)) {
                NativeCore.h2_elements_read(at(from), elementBytes, count, memory, 8);
                memory.read(0, values, 0, count);
            }
        }
        return values;
    }

    /** The 32-bit words, low one first, of {@code count} elements of more than 64 bits: elementBytes / 4 each. */
    public int[] readWords(int from, int count) {
        check(from, count, Integer.MAX_VALUE);
        if (elementBytes <= 8) {
            throw new IllegalArgumentException(path + " has " + width + " bits: read it as ints or longs");
        }
        return at(from).getIntArray(0, Math.multiplyExact(count, elementBytes / 4));
    }

    /** Index, relative to {@code from}, of the first element that differs from {@code expected}, or -1. */
    public int compare(int from, int[] expected) {
        check(from, expected.length, Integer.SIZE);
        if (expected.length == 0) {
            return -1;
        }
        try (Memory memory = new Memory(4L * expected.length)) {
            memory.write(0, expected, 0, expected.length);
            return (int) NativeCore.h2_elements_compare(at(from), elementBytes, expected.length, memory, 4);
        }
    }

    /** As {@link #compare(int, int[])}, for elements of up to 64 bits. */
    public int compare(int from, long[] expected) {
        check(from, expected.length, Long.SIZE);
        if (expected.length == 0) {
            return -1;
        }
        try (Memory memory = new Memory(8L * expected.length)) {
            memory.write(0, expected, 0, expected.length);
            return (int) NativeCore.h2_elements_compare(at(from), elementBytes, expected.length, memory, 8);
        }
    }

    private Pointer at(int element) {
        return data.share((long) element * elementBytes);
    }

    private void check(int from, int count, int maximumWidth) {
        model.handle();
        Objects.checkFromIndexSize(from, count, depth);
        if (width > maximumWidth) {
            throw new IllegalArgumentException(path + " has " + width + " bits, more than " + maximumWidth);
        }
    }

    @Override
    public String toString() {
        return path + " [" + (width - 1) + ":0] x " + depth;
    }
}
