package h2learn.cosim.simulation;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations on a model that run in one native call, one after the other, until one fails. Each has a budget of cycles,
 * so none hangs: bus operations one from word to word ({@link #budget}), {@link #poll} and {@link #waitFor} one in all.
 * The stalls of the master count. Arrays to write and to compare with are read when {@link #run} is called.
 */
public final class Batch {
    // as enum h2_operation and struct h2_op of h2_core.h
    private static final int WRITE = 0;
    private static final int WRITE_BLOCK = 1;
    private static final int READ_BLOCK = 2;
    private static final int COMPARE_BLOCK = 3;
    private static final int POLL = 4;
    private static final int WAIT_PORT = 5;
    private static final int RUN = 6;
    private static final int OPERATION_BYTES = 72;
    private static final int WORD_STEP = 4;
    private static final int ALL_STROBES = 0xf;

    private record Operation(
            int kind,
            String name,
            int port,
            long address,
            long count,
            long step,
            long value,
            long mask,
            int @Nullable [] words,
            int offset,
            int @Nullable [] masks,
            long budget) {

        /** Bytes in the arena, a multiple of 8. */
        long dataBytes() {
            return words == null ? 0 : (4 * count + 7) / 8 * 8;
        }

        long maskBytes() {
            return masks == null ? 0 : (4 * count + 7) / 8 * 8;
        }
    }

    private final Bus bus;
    private final List<Operation> operations = new ArrayList<>();
    private long budget = Bus.DEFAULT_BUDGET;
    private boolean ran;

    Batch(Bus bus) {
        this.bus = bus;
    }

    /** Cycles that each word of the bus operations added from here on may take, at least 1. */
    public Batch budget(long cycles) {
        budget = positive("budget", cycles);
        return this;
    }

    /** Writes one word. */
    public Batch write(long address, int data) {
        return write(address, data, ALL_STROBES);
    }

    /** Writes the bytes of a word whose bits (0..3) are set in {@code strobes}. */
    public Batch write(long address, int data, int strobes) {
        if (strobes < 0 || strobes > ALL_STROBES) {
            throw new IllegalArgumentException("strobes must be 0..15, not " + strobes);
        }
        checkAddresses(address, 1, WORD_STEP);
        return add(new Operation(
                WRITE,
                "write",
                0,
                address,
                1,
                WORD_STEP,
                Integer.toUnsignedLong(data),
                strobes,
                null,
                0,
                null,
                budget));
    }

    /** Writes words to consecutive addresses. */
    public Batch writeBlock(long address, int[] words) {
        return writeBlock(address, words, 0, words.length, WORD_STEP);
    }

    /** Writes {@code count} words, each {@code step} bytes (0 allowed: a FIFO) after the one before. */
    public Batch writeBlock(long address, int[] words, int offset, int count, int step) {
        return addBlock(WRITE_BLOCK, "write block", address, words, offset, count, step, null);
    }

    /** Reads words from consecutive addresses. */
    public Batch readBlock(long address, int[] destination) {
        return readBlock(address, destination, 0, destination.length, WORD_STEP);
    }

    /** Reads {@code count} words; when the batch fails, {@code destination} holds what was read before. */
    public Batch readBlock(long address, int[] destination, int offset, int count, int step) {
        return addBlock(READ_BLOCK, "read block", address, destination, offset, count, step, null);
    }

    /** Reads words from consecutive addresses and stops at the first that differs. */
    public Batch compareBlock(long address, int[] expected) {
        return compareBlock(address, expected, null, WORD_STEP);
    }

    /** As {@link #compareBlock(long, int[])}; bits that are 0 in {@code masks}, where it is given, do not matter. */
    public Batch compareBlock(long address, int[] expected, int @Nullable [] masks, int step) {
        if (masks != null && masks.length != expected.length) {
            throw new IllegalArgumentException(masks.length + " masks for " + expected.length + " words");
        }
        return addBlock(COMPARE_BLOCK, "compare block", address, expected, 0, expected.length, step, masks);
    }

    /** Reads a word until {@code word & mask == value}, for at most {@code cycles}. {@code value} lies within the mask. */
    public Batch poll(long address, int mask, int value, long cycles) {
        checkAddresses(address, 1, WORD_STEP);
        checkMask(Integer.toUnsignedLong(mask), Integer.toUnsignedLong(value));
        return add(new Operation(
                POLL,
                "poll",
                0,
                address,
                budget,
                0,
                Integer.toUnsignedLong(value),
                Integer.toUnsignedLong(mask),
                null,
                0,
                null,
                positive("cycles", cycles)));
    }

    /** Runs until a port (its low 64 bits) has a value at a clock edge, for at most {@code cycles}. */
    public Batch waitFor(Port port, long value, long cycles) {
        if (!port.belongsTo(bus.model())) {
            throw new IllegalArgumentException("port " + port.name() + " is another model's");
        }
        long mask = port.width() >= 64 ? -1 : (1L << port.width()) - 1;
        checkMask(mask, value);
        return add(new Operation(
                WAIT_PORT,
                "wait for " + port.name(),
                port.index(),
                0,
                1,
                0,
                value,
                mask,
                null,
                0,
                null,
                positive("cycles", cycles)));
    }

    /** Runs {@code cycles}, at least 1. */
    public Batch cycles(long cycles) {
        return add(new Operation(RUN, "run", 0, 0, positive("cycles", cycles), 0, 0, 0, null, 0, null, cycles));
    }

    /**
     * Runs the operations and gives the cycle after the last. A batch runs once.
     *
     * @throws SimulationException one of its subclasses, for the first operation that fails
     */
    public long run() {
        long sim = bus.model().handle();
        if (ran) {
            throw new IllegalStateException("the batch has been run");
        }
        ran = true;
        long bytes = NativeResult.BYTES + (long) operations.size() * OPERATION_BYTES;
        for (Operation o : operations) {
            bytes = Math.addExact(bytes, o.dataBytes() + o.maskBytes());
        }
        Memory arena = bus.arena(bytes);
        long[] dataOffsets = fill(arena);
        NativeCore.h2_execute(sim, arena.share(NativeResult.BYTES), operations.size(), arena);
        NativeResult result = NativeResult.read(arena);
        copyBack(arena, dataOffsets, result);
        if (result.status() == NativeResult.OK) {
            return result.cycle();
        }
        String name = operations.get(result.operation()).name;
        throw result.exception("operation " + result.operation() + " (" + name + ")", NativeCore.h2_text(sim));
    }

    private long[] fill(Memory arena) {
        long data = NativeResult.BYTES + (long) operations.size() * OPERATION_BYTES;
        long[] offsets = new long[operations.size()];
        for (int i = 0; i < offsets.length; i++) {
            Operation o = operations.get(i);
            long at = NativeResult.BYTES + (long) i * OPERATION_BYTES;
            arena.setInt(at, o.kind);
            arena.setInt(at + 4, o.port);
            arena.setLong(at + 8, o.address);
            arena.setLong(at + 16, o.count);
            arena.setLong(at + 24, o.step);
            arena.setLong(at + 32, o.value);
            arena.setLong(at + 40, o.mask);
            offsets[i] = data;
            arena.setPointer(at + 48, place(arena, data, o.words, o.offset, o));
            data += o.dataBytes();
            arena.setPointer(at + 56, place(arena, data, o.masks, 0, o));
            data += o.maskBytes();
            arena.setLong(at + 64, o.budget);
        }
        return offsets;
    }

    private static @Nullable Pointer place(Memory arena, long at, int @Nullable [] words, int offset, Operation o) {
        if (words == null || o.count == 0) {
            return null;
        }
        if (o.kind != READ_BLOCK) {
            arena.write(at, words, offset, (int) o.count);
        }
        return arena.share(at);
    }

    private void copyBack(Memory arena, long[] offsets, NativeResult result) {
        int done = result.status() == NativeResult.OK ? offsets.length : result.operation();
        for (int i = 0; i <= done && i < offsets.length; i++) {
            Operation o = operations.get(i);
            if (o.kind == READ_BLOCK && o.words != null) {
                int count = (int) (i < done ? o.count : Math.min(result.index(), o.count));
                arena.read(offsets[i], o.words, o.offset, count);
            }
        }
    }

    private Batch addBlock(
            int kind, String name, long address, int[] words, int offset, int count, int step, int @Nullable [] masks) {
        Objects.checkFromIndexSize(offset, count, words.length);
        checkAddresses(address, count, step);
        return add(new Operation(kind, name, 0, address, count, step, 0, 0, words, offset, masks, budget));
    }

    private Batch add(Operation operation) {
        bus.model().handle();
        if (ran) {
            throw new IllegalStateException("the batch has been run");
        }
        operations.add(operation);
        return this;
    }

    private void checkAddresses(long address, long count, long step) {
        long last = count == 0 ? address : address + (count - 1) * step;
        for (long a : new long[] {address, last}) {
            if (bus.addressBits() < 64 && (a < 0 || a >>> bus.addressBits() != 0)) {
                throw new IllegalArgumentException(
                        "address 0x%x does not fit %d address bits".formatted(a, bus.addressBits()));
            }
        }
    }

    private static void checkMask(long mask, long value) {
        if ((value & ~mask) != 0) {
            throw new IllegalArgumentException("value 0x%x has bits outside of 0x%x".formatted(value, mask));
        }
    }

    private static long positive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
        return value;
    }
}
