package h2learn.cosim.simulation;

import com.sun.jna.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The AXI4-Lite master of a model: 32-bit words, byte addresses, responses in order. It checks the slave's side of the
 * protocol in every cycle, also when no transaction runs.
 */
public final class Bus {
    /** Cycles a transaction may take when a batch says nothing else. */
    public static final long DEFAULT_BUDGET = 10_000;
    /** How many transactions can be under way at most. */
    public static final int MAXIMUM_OUTSTANDING = 64;

    private final Model model;
    private final int addressBits;
    private @Nullable Memory arena;

    Bus(Model model, int addressBits) {
        this.model = model;
        this.addressBits = addressBits;
    }

    /** An empty batch; it can be run once. */
    public Batch batch() {
        return new Batch(this);
    }

    /** Writes one word. */
    public void write(long address, int data) {
        batch().write(address, data).run();
    }

    /** Reads one word. */
    public int read(long address) {
        int[] word = new int[1];
        batch().readBlock(address, word).run();
        return word[0];
    }

    /** From the next cycle on. The generator starts anew, so equal calls give equal runs. */
    public void stalls(Stalls s) {
        NativeCore.h2_stalls(model.handle(), s.seed(), s.aw(), s.w(), s.b(), s.ar(), s.r());
    }

    /** How many transactions of a block may be under way, 1 (as at first) to {@value #MAXIMUM_OUTSTANDING}. */
    public void outstanding(int transactions) {
        if (transactions < 1 || transactions > MAXIMUM_OUTSTANDING) {
            throw new IllegalArgumentException(
                    "outstanding must be 1.." + MAXIMUM_OUTSTANDING + ", not " + transactions);
        }
        NativeCore.h2_outstanding(model.handle(), transactions);
    }

    /** Bits of an address. */
    public int addressBits() {
        return addressBits;
    }

    Model model() {
        return model;
    }

    /** Native memory of at least {@code bytes}, kept from batch to batch. */
    Memory arena(long bytes) {
        Memory memory = arena;
        if (memory == null || memory.size() < bytes) {
            if (memory != null) {
                memory.close();
            }
            memory = new Memory(Math.max(4096, Long.highestOneBit(bytes) * 2));
            arena = memory;
        }
        return memory;
    }
}
