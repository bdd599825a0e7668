package h2learn.cosim.simulation;

import org.jspecify.annotations.Nullable;

/**
 * How an instance is run.
 *
 * @param clock the clock's port; registers take their values at its rising edge
 * @param reset the reset's port, or null if there is none
 * @param resetActiveLow whether the reset is active at 0
 * @param busPrefix what stands before {@code awvalid} and the other AXI4-Lite ports, or null if there is no bus
 * @param seed for the values that registers and memories without a reset begin with, at least 1; 0 makes them all zero
 */
public record ModelOptions(
        String clock, @Nullable String reset, boolean resetActiveLow, @Nullable String busPrefix, int seed) {
    public ModelOptions {
        if (seed < 0) {
            throw new IllegalArgumentException("seed must be at least 0, not " + seed);
        }
    }

    /** Ports {@code clk} and {@code reset} (active high), no bus, zeros. */
    public static ModelOptions defaults() {
        return new ModelOptions("clk", "reset", false, null, 0);
    }

    public ModelOptions withClock(String port) {
        return new ModelOptions(port, reset, resetActiveLow, busPrefix, seed);
    }

    public ModelOptions withReset(@Nullable String port, boolean activeLow) {
        return new ModelOptions(clock, port, activeLow, busPrefix, seed);
    }

    /** {@code prefix} for example {@code s_axi_}. */
    public ModelOptions withBus(String prefix) {
        return new ModelOptions(clock, reset, resetActiveLow, prefix, seed);
    }

    public ModelOptions withSeed(int value) {
        return new ModelOptions(clock, reset, resetActiveLow, busPrefix, value);
    }
}
