package h2learn.rtl.forward;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.Words;

/**
 * Visits every (step, position) of one channel block, positions of all samples innermost: t = 1..T, or T..1 when
 * reversed. A pass over the positions takes at least {@code minimum} cycles, so that a position's result is there when
 * its next step begins.
 */
public final class StepLoop extends Circuit {
    /** Width of {@code offset}; memories are smaller than this. */
    public static final int OFFSET_BITS = 24;

    public final Bool start = in(bool());
    public final UInt positions = in(uint(16));
    public final UInt steps = in(uint(8));
    public final UInt blocks = in(uint(16));
    public final UInt block = in(uint(16));

    public final Bool busy = out(bool());
    /** The outputs below name a point to visit in this cycle. */
    public final Bool valid = out(bool());

    public final UInt position;
    /** position * T + t. */
    public final UInt point;
    /** (position * T + t) * blocks + block. */
    public final UInt offset = outReg(uint(OFFSET_BITS));
    /** The step visited first: t = 1, or T when reversed. */
    public final Bool firstStep = out(bool());
    /** The step visited last. */
    public final Bool lastStep = out(bool());

    final Bool active = reg(bool()).init(false);
    final UInt drain = reg(uint(5)).init(0);
    final UInt slot = reg(uint(16));
    final UInt stepsDone = reg(uint(8));
    final UInt stepOffset = reg(uint(OFFSET_BITS));
    final UInt stepPoint;
    final UInt positionStride = reg(uint(OFFSET_BITS));

    /** @param minimum cycles, at most 31 */
    public StepLoop(String name, AcceleratorConfig config, int minimum, boolean reversed) {
        moduleName(name);
        int pointBits = Words.addressBits(config.limits().points());
        position = out(uint(16));
        point = outReg(uint(pointBits));
        stepPoint = reg(uint(pointBits));
        busy.assign(active.or(drain.ne(0)));
        valid.assign(active.and(slot.lt(positions)));
        position.assign(slot);
        firstStep.assign(stepsDone.eq(0));
        Bool last = stepsDone.eq(steps.sub(1));
        lastStep.assign(last);
        Bool passDone = slot.ge(positions.sub(1)).and(slot.ge(minimum - 1));

        when(drain.ne(0), () -> drain.assign(drain.sub(1)));
        when(active, () -> {
            slot.assign(slot.add(1));
            offset.assign(offset.add(positionStride));
            point.assign(point.add(steps.resize(pointBits)));
            when(passDone, () -> {
                slot.assign(0);
                stepsDone.assign(stepsDone.add(1));
                UInt stride = blocks.resize(OFFSET_BITS);
                UInt nextOffset = reversed ? stepOffset.sub(stride) : stepOffset.add(stride);
                UInt nextPoint = reversed ? stepPoint.sub(1) : stepPoint.add(1);
                stepOffset.assign(nextOffset);
                offset.assign(nextOffset);
                stepPoint.assign(nextPoint);
                point.assign(nextPoint);
                when(last, () -> {
                    active.assign(false);
                    drain.assign(minimum);
                });
            });
        });
        when(start, () -> {
            active.assign(true);
            slot.assign(0);
            stepsDone.assign(0);
            UInt stride = steps.mul(blocks).resize(OFFSET_BITS);
            positionStride.assign(stride);
            UInt first = block.resize(OFFSET_BITS);
            UInt begin = reversed ? first.add(stride).sub(blocks.resize(OFFSET_BITS)) : first;
            stepOffset.assign(begin);
            offset.assign(begin);
            UInt beginPoint = reversed ? steps.sub(1).resize(pointBits) : UInt.lit(0, pointBits);
            stepPoint.assign(beginPoint);
            point.assign(beginPoint);
        });
    }
}
