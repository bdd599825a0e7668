package h2learn.rtl.pool;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/**
 * One axis of a pool's input: for a coordinate that goes up from 0, the squares that cover it, from the last one back:
 * coordinate = square * stride + tap, and the square before has a tap a stride further.
 */
final class SquareAxis extends Circuit {
    private static final int BITS = 9;
    /** Squares are at most 3x3. */
    private static final int TAP_BITS = 2;

    final UInt kernel = in(uint(CommandField.KERNEL_HEIGHT.bits()));
    final UInt stride = in(uint(CommandField.STRIDE.bits()));
    final UInt squares = in(uint(CommandField.OUTPUT_HEIGHT.bits()));
    /** Points of the pool's output from a square to the next. */
    final UInt pitch;

    /** Goes to coordinate 0; wins over the others. */
    final Bool clear = in(bool());
    /** Goes to the next coordinate; wins over the two below. */
    final Bool advance = in(bool());
    /** Goes back to the coordinate's first square; wins over {@code next}. */
    final Bool restart = in(bool());
    /** Goes to the coordinate's next square. */
    final Bool next = in(bool());

    /** The square is one: the pool may leave coordinates out, between squares or at the end. */
    final Bool covers = out(bool());
    /** The square is the coordinate's last. */
    final Bool last = out(bool());

    /** The coordinate's place in the square; of use where {@code covers} holds. */
    final UInt tap = out(uint(TAP_BITS));
    /** The square's first point, counted from that of square 0. */
    final UInt point;

    final UInt distance = reg(uint(BITS));
    final UInt square = reg(uint(BITS));
    final UInt firstDistance = reg(uint(BITS));
    final UInt firstSquare = reg(uint(BITS));
    final UInt firstPoint;

    SquareAxis(int pointBits) {
        moduleName("SquareAxis");
        pitch = in(uint(pointBits));
        point = outReg(uint(pointBits));
        firstPoint = reg(uint(pointBits));
        UInt further = distance.add(stride.resize(BITS));
        tap.assign(distance.resize(TAP_BITS));
        covers.assign(distance.lt(kernel.resize(BITS)).and(square.lt(squares.resize(BITS))));
        last.assign(further.ge(kernel.resize(BITS)));

        Bool nextSquare = firstDistance.add(1).eq(stride.resize(BITS));
        UInt advanced = mux(nextSquare, UInt.lit(0, BITS), firstDistance.add(1));
        UInt advancedSquare = mux(nextSquare, firstSquare.add(1), firstSquare);
        UInt advancedPoint = mux(nextSquare, firstPoint.add(pitch), firstPoint);
        when(next, () -> go(further, square.sub(1), point.sub(pitch)));
        when(restart, () -> go(firstDistance, firstSquare, firstPoint));
        when(advance, () -> {
            first(advanced, advancedSquare, advancedPoint);
            go(advanced, advancedSquare, advancedPoint);
        });
        when(clear, () -> {
            first(UInt.lit(0, BITS), UInt.lit(0, BITS), UInt.lit(0, pointBits));
            go(UInt.lit(0, BITS), UInt.lit(0, BITS), UInt.lit(0, pointBits));
        });
    }

    private void go(UInt toDistance, UInt toSquare, UInt toPoint) {
        distance.assign(toDistance);
        square.assign(toSquare);
        point.assign(toPoint);
    }

    private void first(UInt toDistance, UInt toSquare, UInt toPoint) {
        firstDistance.assign(toDistance);
        firstSquare.assign(toSquare);
        firstPoint.assign(toPoint);
    }
}
