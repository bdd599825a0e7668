package h2learn.rtl.pool;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/**
 * One channel of a pool: takes the neurons of a square one a cycle, in raster order, and holds what follows from them
 * from the cycle after the last until the next square's first (docs/03-numbers.md, Layers).
 */
final class PoolLane extends Circuit {
    /** Width of a count of spikes and of a tap: squares are at most 3x3. */
    static final int COUNT_BITS = 4;

    final Bool valid = in(bool());
    /** The neuron is its square's first. */
    final Bool first = in(bool());
    /** Number of the neuron in its square. */
    final UInt tap = in(uint(COUNT_BITS));

    final Bool spike = in(bool());
    final Bool open = in(bool());

    /** Spikes of the square. */
    final UInt count = outReg(uint(COUNT_BITS));
    /** A window of the square is open. */
    final Bool anyOpen = outReg(bool());
    /** The first neuron that spikes, or the first of all: its tap and its window. */
    final UInt maximum = outReg(uint(COUNT_BITS));

    final Bool maximumOpen = outReg(bool());

    PoolLane() {
        moduleName("PoolLane");
        UInt before = mux(first, UInt.lit(0, COUNT_BITS), count);
        Bool isMaximum = first.or(spike.and(before.eq(0)));
        when(valid, () -> {
            count.assign(before.add(spike.asUInt().resize(COUNT_BITS)));
            anyOpen.assign(open.or(first.not().and(anyOpen)));
            when(isMaximum, () -> {
                maximum.assign(tap);
                maximumOpen.assign(open);
            });
        });
    }
}
