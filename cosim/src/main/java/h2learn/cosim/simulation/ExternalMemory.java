package h2learn.cosim.simulation;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;

/**
 * The memory behind a model's AXI4 master: one region of bytes, all 0 at first, which a reset does not change. It works
 * in every cycle, whatever drives the clock; in a model with a reset from its first reset on. The model reads and writes
 * it by bursts of type INCR, with words of 32, 64 or 128 bits, little-endian; the methods here do so at once, without a
 * cycle. Addresses are unsigned.
 *
 * <p>A write burst's data are in the memory from the cycle on in which its answer is first given, the latest that AXI
 * allows, and a read's word is fetched when it is given: a master that does not wait for an answer on which its data
 * depend reads the old ones.
 *
 * <p>The master's side of the protocol is checked in every cycle: a violation ends the run in a
 * {@link BusProtocolException} with cycle and channel. Checked are: valid stays and payload is kept until ready; bursts
 * are INCR, no wider than the bus, within 4 KiB; WLAST stands on the last beat; strobes are within the addressed bytes; no
 * valid during reset and in the cycle in which it ends. Data may come before their address, as AXI allows: those of one
 * whole burst are taken; when no AWVALID follows for 1024 cycles they are a violation.
 */
public final class ExternalMemory {
    private final Model model;
    private final MemoryPlace place;
    private final Pointer data;

    ExternalMemory(Model model, MemoryPlace place, Pointer data) {
        this.model = model;
        this.place = place;
        this.data = data;
    }

    /** Its address, size and ports. */
    public MemoryPlace place() {
        return place;
    }

    /** From the next cycle on, {@link MemoryTiming#FAST} at first. Bursts under way keep the latency they were given. */
    public void timing(MemoryTiming timing) {
        NativeCore.h2_memory_timing(model.handle(), timing.seed(), timing.values());
    }

    /** For the bursts and beats from the next cycle on, {@link MemoryErrors#NONE} at first. */
    public void errors(MemoryErrors errors) {
        NativeCore.h2_memory_errors(
                model.handle(),
                errors.seed(),
                errors.readChance(),
                errors.writeChance(),
                errors.values(),
                errors.intervals().size());
    }

    /** Writes words to consecutive addresses from {@code address} on, which need not be aligned. */
    public void load(long address, int[] words) {
        data.write(offset(address, words.length, Integer.BYTES), words, 0, words.length);
    }

    /** Writes bytes from {@code address} on. */
    public void load(long address, byte[] bytes) {
        data.write(offset(address, bytes.length, 1), bytes, 0, bytes.length);
    }

    /** Sets {@code bytes} bytes from {@code address} on to {@code value}. */
    public void fill(long address, long bytes, byte value) {
        data.setMemory(offset(address, bytes, 1), bytes, value);
    }

    /** {@code count} words from {@code address} on. */
    public int[] read(long address, int count) {
        return data.getIntArray(offset(address, count, Integer.BYTES), count);
    }

    /** {@code count} bytes from {@code address} on. */
    public byte[] readBytes(long address, int count) {
        return data.getByteArray(offset(address, count, 1), count);
    }

    /** Index of the first of the words from {@code address} on that differs from {@code expected}, or -1. */
    public int compare(long address, int[] expected) {
        return Arrays.mismatch(read(address, expected.length), expected);
    }

    /** What happened so far. */
    public MemoryStatistics statistics() {
        long sim = model.handle();
        try (Memory out = new Memory(MemoryStatistics.BYTES)) {
            NativeCore.h2_memory_statistics(sim, out);
            return MemoryStatistics.read(out);
        }
    }

    /** Sets all counts to 0. */
    public void clearStatistics() {
        NativeCore.h2_memory_statistics_clear(model.handle());
    }

    /** The native memory is used only after this said that all of it is there. */
    private long offset(long address, long count, int size) {
        model.handle();
        long offset = address - place.base();
        if (count < 0 || count > place.bytes() / size) {
            throw new IllegalArgumentException("cannot access %d words of %d bytes in %s".formatted(count, size, this));
        }
        if (Long.compareUnsigned(offset, place.bytes() - count * size) > 0) {
            throw new IllegalArgumentException(
                    "%d bytes at 0x%x are not all in %s".formatted(count * size, address, this));
        }
        return offset;
    }

    @Override
    public String toString() {
        return "the memory of %d bytes at 0x%x".formatted(place.bytes(), place.base());
    }
}
