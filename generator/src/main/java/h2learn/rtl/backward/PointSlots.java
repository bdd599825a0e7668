package h2learn.rtl.backward;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of the layer below that are in flight, a ring of slots: listed in order, scanned in order, and given up in
 * order once every item of theirs is through, in whatever order the lanes finish those.
 */
final class PointSlots extends Circuit {
    /** A point with gradients is listed: its segments, its first trace word, and the first output point from it on. */
    final Bool list = in(bool());

    final UInt segments = in(uint(BackwardShape.SEGMENT_BITS + 1));
    final UInt below;
    final UInt needed = in(uint(BackwardShape.NUMBER_BITS));
    /** The oldest unscanned point is scanned to its end. */
    final Bool scanned = in(bool());
    /** A lane was given an item of the oldest unscanned point. */
    final Bool given = in(bool());
    /** By lane: through with an item, of which slot. */
    final List<Bool> itemDone = new ArrayList<>();

    final List<UInt> itemSlot = new ArrayList<>();

    final Bool full = out(bool());
    final Bool empty = out(bool());
    /** A point waits to be scanned. */
    final Bool waiting = out(bool());

    final UInt listSlot;
    final UInt scanSlot;
    final UInt scanBelow;
    /** What the oldest point needs. */
    final UInt oldestNeeded = out(uint(BackwardShape.NUMBER_BITS));

    final List<UInt> slotSegments = new ArrayList<>();

    final List<UInt> slotBelow = new ArrayList<>();
    final List<UInt> slotNeeded = new ArrayList<>();
    final List<Bool> slotScanned = new ArrayList<>();
    /** Items that lanes have of each slot. */
    final List<UInt> pending = new ArrayList<>();

    final UInt oldestSlot;
    final UInt unscanned;
    final UInt held;

    PointSlots(BackwardShape shape) {
        moduleName("PointSlots");
        int slotBits = shape.slotBits();
        below = in(uint(shape.traceBits()));
        listSlot = outReg(uint(slotBits)).init(0);
        scanSlot = outReg(uint(slotBits)).init(0);
        scanBelow = out(uint(shape.traceBits()));
        oldestSlot = reg(uint(slotBits)).init(0);
        unscanned = reg(uint(slotBits + 1)).init(0);
        held = reg(uint(slotBits + 1)).init(0);
        for (int lane = 0; lane < shape.backwardLanes(); lane++) {
            itemDone.add(in(bool()));
            itemSlot.add(in(uint(slotBits)));
        }
        for (int index = 0; index < shape.slots(); index++) {
            slot(shape, index);
        }
        Bool free = held.ne(0)
                .and(OneOf.select(oldestSlot, slotScanned))
                .and(OneOf.select(oldestSlot, pending).eq(0));
        full.assign(held.eq(shape.slots()));
        empty.assign(held.eq(0));
        waiting.assign(unscanned.ne(0));
        scanBelow.assign(OneOf.select(scanSlot, slotBelow));
        oldestNeeded.assign(OneOf.select(oldestSlot, slotNeeded));
        when(list, () -> listSlot.assign(listSlot.add(1)));
        when(scanned, () -> scanSlot.assign(scanSlot.add(1)));
        when(free, () -> oldestSlot.assign(oldestSlot.add(1)));
        count(unscanned, list, scanned);
        count(held, list, free);
    }

    private void slot(BackwardShape shape, int index) {
        UInt ownSegments = outReg(uint(BackwardShape.SEGMENT_BITS + 1));
        UInt ownBelow = reg(uint(shape.traceBits()));
        UInt ownNeeded = reg(uint(BackwardShape.NUMBER_BITS));
        Bool through = reg(bool()).init(false);
        slotSegments.add(ownSegments);
        slotBelow.add(ownBelow);
        slotNeeded.add(ownNeeded);
        slotScanned.add(through);
        when(list.and(listSlot.eq(index)), () -> {
            ownSegments.assign(segments);
            ownBelow.assign(below);
            ownNeeded.assign(needed);
            through.assign(false);
        });
        when(scanned.and(scanSlot.eq(index)), () -> through.assign(true));

        // Every lane has at most two items: one in hand and one waiting.
        UInt items = reg(uint(UInt.bitsFor(2L * shape.backwardLanes() + 1))).init(0);
        pending.add(items);
        List<Bool> finished = new ArrayList<>();
        for (int lane = 0; lane < shape.backwardLanes(); lane++) {
            finished.add(itemDone.get(lane).and(itemSlot.get(lane).eq(index)));
        }
        UInt up = given.and(scanSlot.eq(index)).asUInt().resize(items.width());
        items.assign(items.add(up).sub(Count.ones(finished).resize(items.width())));
    }

    private static void count(UInt counter, Bool up, Bool down) {
        when(up.and(down.not()), () -> counter.assign(counter.add(1)));
        when(down.and(up.not()), () -> counter.assign(counter.sub(1)));
    }
}
