package h2learn.cosim.simulation;

import org.jspecify.annotations.Nullable;

/**
 * How an instance is run.
 *
 * @param clock the clock's port; registers take their values at its rising edge
 * @param reset the reset's port, or null if there is none
 * @param resetActiveLow whether the reset is active at 0
 * @param busPrefix what stands before {@code awvalid} and the other AXI4-Lite ports, or null if there is no bus
 * @param memory the memory behind the model's AXI4 master, or null if there is none: its inputs then stay 0
 * @param seed for the values that registers and memories without a reset begin with, at least 1; 0 makes them all zero
 */
public record ModelOptions(
        String clock,
        @Nullable String reset,
        boolean resetActiveLow,
        @Nullable String busPrefix,
        @Nullable MemoryPlace memory,
        int seed) {
    public ModelOptions {
        if (seed < 0) {
            throw new IllegalArgumentException("seed must be at least 0, not " + seed);
        }
    }

    /** Ports {@code clk} and {@code reset} (active high), no bus, no memory, zeros. */
    public static ModelOptions defaults() {
        return new ModelOptions("clk", "reset", false, null, null, 0);
    }

    public ModelOptions withClock(String port) {
        return new ModelOptions(port, reset, resetActiveLow, busPrefix, memory, seed);
    }

    public ModelOptions withReset(@Nullable String port, boolean activeLow) {
        return new ModelOptions(clock, port, activeLow, busPrefix, memory, seed);
    }

    /** {@code prefix} for example {@code s_axi_}. */
    public ModelOptions withBus(String prefix) {
        return new ModelOptions(clock, reset, resetActiveLow, prefix, memory, seed);
    }

    /** A memory for the AXI4 master whose ports begin with {@code place.prefix()}. */
    public ModelOptions withMemory(MemoryPlace place) {
        return new ModelOptions(clock, reset, resetActiveLow, busPrefix, place, seed);
    }

    public ModelOptions withSeed(int value) {
        return new ModelOptions(clock, reset, resetActiveLow, busPrefix, memory, value);
    }
}
