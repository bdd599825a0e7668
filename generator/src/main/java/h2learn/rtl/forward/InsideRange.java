package h2learn.rtl.forward;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.Geometry;

/**
 * Which outputs along one axis have their input within the image, for one tap of the kernel after the other. From a tap to
 * the next the input moves by one, so that either end of the range moves by at most one; those of tap 0 are found by
 * search after {@code start}, in as many cycles as outputs lie outside.
 */
final class InsideRange extends Circuit {
    private static final int OUTPUT_BITS = 8;

    private static final int SMALL_BITS = 4;
    /** Holds the padding with its sign. */
    private static final int FIRST_SLACK_BITS = SMALL_BITS + 2;
    /** Holds the largest output times the largest stride with its sign. */
    private static final int END_SLACK_BITS = OUTPUT_BITS + SMALL_BITS + 1;

    /** A range of outputs, and how much room its two ends have. */
    static final class Range extends Bundle<Range> {
        /** First output inside. */
        final UInt first = field(Circuit.uint(OUTPUT_BITS));
        /** The first one's input, counted from the image's begin; kept at its value where {@code first} is 0. */
        final SInt firstSlack = field(Circuit.sint(FIRST_SLACK_BITS));
        /** Behind the last output inside. */
        final UInt end = field(Circuit.uint(OUTPUT_BITS));
        /** How far the last one's input lies before the image's end. */
        final SInt endSlack = field(Circuit.sint(END_SLACK_BITS));
        /** Input words and output points from output 0 to the first one. */
        final UInt address = field(Circuit.uint(Geometry.BITS));

        final UInt point = field(Circuit.uint(Geometry.BITS));

        static Type<Range> bundle() {
            return Bundle.type(Range::new);
        }
    }

    final Bool start = in(bool());
    /** To the next tap. */
    final Bool next = in(bool());
    /** To tap 0; wins over {@code next}. */
    final Bool restart = in(bool());

    final UInt padding = in(uint(SMALL_BITS));
    final UInt stride = in(uint(SMALL_BITS));
    /** Size of the image and number of outputs along the axis. */
    final UInt extent = in(uint(CommandField.INPUT_WIDTH.bits()));

    final UInt outputs = in(uint(OUTPUT_BITS));
    /** Input words, and output points, from one output to the next. */
    final UInt addressPitch = in(uint(Geometry.BITS));

    final UInt pointPitch = in(uint(Geometry.BITS));

    final Bool ready = outReg(bool());
    final Bool empty = out(bool());
    final UInt count = out(uint(OUTPUT_BITS));
    final UInt address = out(uint(Geometry.BITS));
    final UInt point = out(uint(Geometry.BITS));

    final Bool searching = reg(bool()).init(false);
    final Range zeroth = reg(Range.bundle());
    final Range range = reg(Range.bundle());

    InsideRange() {
        moduleName("InsideRange");
        SInt wideStride = stride.toSInt().resize(END_SLACK_BITS);
        Bool before = zeroth.firstSlack.lt(0);
        Bool behind = zeroth.endSlack.lt(0).and(zeroth.end.ne(0));
        when(searching, () -> {
            when(before, () -> {
                zeroth.first.assign(zeroth.first.add(1));
                zeroth.firstSlack.assign(zeroth.firstSlack.add(wideStride.resize(FIRST_SLACK_BITS)));
                zeroth.address.assign(zeroth.address.add(addressPitch));
                zeroth.point.assign(zeroth.point.add(pointPitch));
            });
            when(behind, () -> {
                zeroth.end.assign(zeroth.end.sub(1));
                zeroth.endSlack.assign(zeroth.endSlack.add(wideStride));
            });
            when(before.or(behind).not(), () -> {
                searching.assign(false);
                ready.assign(true);
                range.assign(zeroth);
            });
        });
        when(next, this::advance);
        when(restart, () -> range.assign(zeroth));
        when(start, () -> {
            searching.assign(true);
            ready.assign(false);
            zeroth.first.assign(0);
            zeroth.firstSlack.assign(padding.toSInt().resize(FIRST_SLACK_BITS).neg());
            zeroth.end.assign(outputs);
            SInt last = stride.mul(outputs.sub(1)).toSInt().resize(END_SLACK_BITS);
            zeroth.endSlack.assign(padding.toSInt()
                    .resize(END_SLACK_BITS)
                    .add(extent.sub(1).toSInt().resize(END_SLACK_BITS))
                    .sub(last));
            zeroth.address.assign(0);
            zeroth.point.assign(0);
        });
        empty.assign(range.first.ge(range.end));
        count.assign(range.end.sub(range.first));
        address.assign(range.address);
        point.assign(range.point);
    }

    /** The input of every output moves by one. */
    private void advance() {
        UInt lastSlack = stride.sub(1);
        Bool room = range.firstSlack.eq(lastSlack.toSInt().resize(FIRST_SLACK_BITS));
        when(range.first.ne(0), () -> range.firstSlack.assign(range.firstSlack.add(1)));
        when(range.first.ne(0).and(room), () -> {
            range.first.assign(range.first.sub(1));
            range.firstSlack.assign(0);
            range.address.assign(range.address.sub(addressPitch));
            range.point.assign(range.point.sub(pointPitch));
        });
        range.endSlack.assign(range.endSlack.sub(1));
        when(range.endSlack.eq(0).and(range.end.ne(0)), () -> {
            range.end.assign(range.end.sub(1));
            range.endSlack.assign(lastSlack.toSInt().resize(END_SLACK_BITS));
        });
    }
}
