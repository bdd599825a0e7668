package h2learn.rtl.pool;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.Rounded;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;

/**
 * One channel of a pool's way back: adds the ds of the squares that cover a neuron, one square a cycle, exactly, and
 * saturates the sum where the neuron's window is open (docs/03-numbers.md, Backward).
 */
final class PoolBackwardLane extends Circuit {
    /** Cycles from a neuron's last square to {@code result}. */
    static final int LATENCY = 2;

    final Bool valid = in(bool());
    /** The square is the neuron's first. */
    final Bool first = in(bool());
    /** The square exists and has a ds. */
    final Bool present = in(bool());

    final Bool average = in(bool());
    /** Number of the neuron in the square. */
    final UInt tap = in(uint(PoolLane.COUNT_BITS));
    /** Tap of the square's first maximum. */
    final UInt maximum = in(uint(PoolLane.COUNT_BITS));

    final SInt squareGradient;
    /** In the cycle of the neuron's last square. */
    final Bool open = in(bool());

    final SInt result;
    final Bool saturated = outReg(bool());
    final SInt sum;

    PoolBackwardLane(int gradientBits) {
        moduleName("PoolBackwardLane");
        int sumBits = gradientBits + PoolLane.COUNT_BITS;
        squareGradient = in(sint(gradientBits));
        result = outReg(sint(gradientBits));
        sum = reg(sint(sumBits));
        SInt none = SInt.lit(0, sumBits);
        Bool taken = present.and(average.or(tap.eq(maximum)));
        SInt before = mux(first, none, sum);
        when(valid, () -> sum.assign(before.add(mux(taken, squareGradient.resize(sumBits), none))));
        Rounded clipped = Fixed.of(sum, 0).saturate(gradientBits);
        Bool openSum = regNext(open);
        result.assign(mux(openSum, clipped.value(), SInt.lit(0, gradientBits)));
        saturated.assign(clipped.saturated().and(openSum));
    }
}
