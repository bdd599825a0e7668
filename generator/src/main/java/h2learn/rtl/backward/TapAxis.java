package h2learn.rtl.backward;

import static h2learn.hdl.Circuit.mux;
import static h2learn.hdl.Circuit.reg;
import static h2learn.hdl.Circuit.uint;

import h2learn.hdl.Area;
import h2learn.hdl.Bool;
import h2learn.hdl.UInt;

/**
 * One axis of an image: for an input coordinate that goes up, the last output coordinate that reads it, and by which
 * tap: input + padding = output * stride + tap. Output coordinates before it read it by taps a stride further each.
 */
final class TapAxis extends Area {
    /** Last output coordinate, at most the image's last. */
    final UInt output = reg(uint(8));

    /** May lie beyond the kernel: then no output reads the input. */
    final UInt tap = reg(uint(9));
    /** Weight blocks of {@code tap} taps of this axis. */
    final UInt tapBlocks;
    /** Number of the output coordinate's first point within its plane. */
    final UInt number = reg(uint(BackwardShape.NUMBER_BITS));

    final UInt firstOutput = reg(uint(8));
    final UInt firstTap = reg(uint(9));
    final UInt firstTapBlocks;
    final UInt firstNumber = reg(uint(BackwardShape.NUMBER_BITS));

    TapAxis(int weightBlockBits) {
        tapBlocks = reg(uint(weightBlockBits));
        firstTapBlocks = reg(uint(weightBlockBits));
    }

    /** Goes to the padded image's first coordinate. */
    void clear() {
        output.assign(0);
        tap.assign(0);
        tapBlocks.assign(0);
        number.assign(0);
    }

    /** Remembers the present coordinate as the image's first. */
    void remember() {
        firstOutput.assign(output);
        firstTap.assign(tap);
        firstTapBlocks.assign(tapBlocks);
        firstNumber.assign(number);
    }

    /** Goes back to the image's first coordinate. */
    void restart() {
        output.assign(firstOutput);
        tap.assign(firstTap);
        tapBlocks.assign(firstTapBlocks);
        number.assign(firstNumber);
    }

    /**
     * One input coordinate further.
     *
     * @param extent of the output
     * @param blocks weight blocks of one tap
     * @param points output points of one coordinate
     */
    void step(UInt extent, UInt stride, UInt blocks, UInt points) {
        Bool further = tap.eq(stride.sub(1).resize(tap.width())).and(output.ne(extent.sub(1)));
        output.assign(mux(further, output.add(1), output));
        number.assign(mux(further, number.add(points), number));
        tap.assign(mux(further, UInt.lit(0, tap.width()), tap.add(1)));
        tapBlocks.assign(mux(further, UInt.lit(0, tapBlocks.width()), tapBlocks.add(blocks)));
    }
}
