package h2learn.rtl.backward;

import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.Mem;
import h2learn.hdl.Rounded;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.MemoryStyle;
import h2learn.rtl.memory.Queue;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * One multiplier of the backward engine with its own copy of the lists: for each wanted channel of the item in hand it
 * goes through the point's segments and their lists, one multiplication a cycle as long as it gets the weights it asks
 * for, and queues ds. It keeps the weight word it read last, as the next multiplication mostly needs the same one.
 */
final class BackwardLane extends Circuit {
    /** Cycles from the grant of the last multiplication's weight to ds entering the queue. */
    static final int LATENCY = 7;

    /** The held weight word is forgotten. */
    final Bool restart = in(bool());

    final Bool listWrite = in(bool());
    final UInt listAddress;
    final Bits listEntry;

    final Bool segmentWrite = in(bool());
    final UInt segmentAddress;
    final Bits segmentEntry;

    final Bool give = in(bool());
    final BackwardItem item;
    /** Nothing waits behind the item in hand; there is none in hand. */
    final Bool ready = out(bool());

    final Bool idle = out(bool());

    /** Segments of each slot. */
    final List<UInt> slotSegments = new ArrayList<>();

    final UInt shift = in(uint(CommandField.SHIFT.bits()));

    final Bool weightRequest = out(bool());
    final UInt weightGroup;
    final UInt weightAddress;
    final Bool weightGrant = in(bool());
    /** One cycle after the grant. */
    final Vec<Bits> weightWord;

    final Bool resultValid = out(bool());
    final BackwardResult result;
    final Bool resultTaken = in(bool());
    /** Values of ds are under way. */
    final Bool draining = out(bool());

    /** A multiplication is issued. */
    final Bool multiplying = out(bool());
    /** The lane has read all it needs for an item of slot {@code itemSlot}. */
    final Bool itemDone = out(bool());

    final UInt itemSlot;

    final Bool saturated = out(bool());

    final Queue queue;
    final Mem<Bits> list;
    final Mem<Bits> segments;
    final Bool waiting = reg(bool()).init(false);
    final BackwardItem next;
    final Bool active = reg(bool()).init(false);
    final BackwardItem hand;
    final UInt segmentIndex = reg(uint(BackwardShape.SEGMENT_BITS));
    final UInt index;
    final UInt underway;
    final Bool valid1 = reg(bool()).init(false);
    final BackwardTerm term1;
    final UInt block1;
    final Bool valid2 = reg(bool()).init(false);
    final BackwardTerm term2;
    final UInt address2;
    final UInt lane2;
    final SInt value2;
    final Bool fetch2 = reg(bool()).init(false);
    final Bool held = reg(bool()).init(false);
    final Vec<Bits> heldWord;
    final SInt sum;

    BackwardLane(BackwardShape shape) {
        moduleName("BackwardLane");
        int owned = shape.owned();
        int blockBits = shape.weightBlockBits();
        int listBits = shape.listBits();
        WordLayout weights = shape.map().window(Scratchpad.BACKWARD_WEIGHT).layout();
        listAddress = in(uint(listBits));
        segmentAddress = in(uint(shape.slotBits() + BackwardShape.SEGMENT_BITS));
        segmentEntry = in(bits(shape.segmentBits()));
        listEntry = in(bits(shape.entryBits()));
        item = in(BackwardItem.type(shape));
        for (int index = 0; index < shape.slots(); index++) {
            slotSegments.add(in(uint(BackwardShape.SEGMENT_BITS + 1)));
        }
        weightGroup = out(uint(shape.groupBits()));
        weightAddress = out(uint(Words.addressBits(shape.bankWords())));
        weightWord = in(vec(bits(weights.beatBits()), weights.beats()));
        result = out(BackwardResult.type(shape));
        itemSlot = out(uint(shape.slotBits()));
        next = reg(BackwardItem.type(shape));
        hand = reg(BackwardItem.type(shape));
        index = reg(uint(listBits));
        underway = reg(uint(UInt.bitsFor(BackwardShape.RESULT_DEPTH + 1L))).init(0);
        term1 = reg(BackwardTerm.type(shape));
        block1 = reg(uint(blockBits));
        term2 = reg(BackwardTerm.type(shape));
        address2 = reg(uint(Words.addressBits(shape.bankWords())));
        lane2 = reg(uint(shape.laneBits()));
        value2 = reg(sint(shape.gradientBits()));
        heldWord = reg(vec(bits(weights.beatBits()), weights.beats()));

        // A multiplication whose weight is not granted waits, and with it those behind it.
        Bool advance2 = valid2.not().or(fetch2.not()).or(weightGrant);
        Bool advance1 = valid1.not().or(advance2);
        Bool issue = active.and(advance1).and(underway.ne(BackwardShape.RESULT_DEPTH));
        multiplying.assign(issue);

        segments = MemoryStyle.DISTRIBUTED.apply(
                mem(bits(shape.segmentBits()), shape.slots() * BackwardShape.SEGMENTS),
                shape.config().target());
        segments.write(segmentAddress, segmentEntry, segmentWrite);
        Bits segment = segments.readAsync(hand.slot.cat(segmentIndex).asUInt());
        UInt segmentStart = segment.slice(listBits - 1, 0).asUInt();
        UInt segmentCount = segment.slice(2 * listBits - 1, listBits).asUInt();
        UInt segmentBlocks =
                segment.slice(shape.segmentBits() - 1, 2 * listBits).asUInt();
        UInt element = Count.firstOne(hand.mask);
        Bool lastEntry = index.eq(segmentCount.sub(1));
        Bool lastSegment = segmentIndex
                .resize(BackwardShape.SEGMENT_BITS + 1)
                .eq(OneOf.select(hand.slot, slotSegments).sub(1));
        Bool lastOfSum = lastEntry.and(lastSegment);
        Bits rest = Count.withoutFirst(hand.mask);
        Bool done = issue.and(lastOfSum).and(rest.orR().not());
        itemDone.assign(done);
        itemSlot.assign(hand.slot);
        when(issue, () -> {
            index.assign(index.add(1));
            when(lastEntry, () -> {
                index.assign(0);
                segmentIndex.assign(segmentIndex.add(1));
            });
            when(lastOfSum, () -> {
                segmentIndex.assign(0);
                hand.mask.assign(rest);
            });
        });
        takeItems(done);

        // Cycle 1: list entry. 2: weight word asked for. 3: it is there. 4: it is held. 5: weight. 6: product. 7: sum.
        // 8: rounded. 9: ds.
        list = MemoryStyle.BLOCK.apply(
                mem(bits(shape.entryBits()), MemoryMap.LIST_ENTRIES),
                shape.config().target());
        list.write(listAddress, listEntry, listWrite);
        Bits entry = list.readSync(segmentStart.add(index), issue);
        when(advance1, () -> valid1.assign(issue));
        when(issue, () -> {
            term1.group.assign(hand.group);
            term1.element.assign(element);
            term1.word.assign(hand.word);
            term1.open.assign(OneOf.select(element, bits(hand.open)));
            term1.first.assign(index.eq(0).and(segmentIndex.eq(0)));
            term1.last.assign(lastOfSum);
            block1.assign(hand.block.add(segmentBlocks));
        });

        int laneEnd = blockBits + shape.laneBits();
        UInt weightBlock = entry.slice(blockBits - 1, 0).asUInt().add(block1);
        UInt address1 =
                owned == 1 ? weightBlock : weightBlock.cat(term1.element).asUInt();
        Bool same = held.and(address1.eq(address2)).and(term1.group.eq(term2.group));
        when(advance2, () -> valid2.assign(valid1));
        when(advance2.and(valid1), () -> {
            term2.assign(term1);
            address2.assign(address1);
            lane2.assign(entry.slice(laneEnd - 1, blockBits).asUInt());
            value2.assign(entry.slice(shape.entryBits() - 1, laneEnd).asSInt());
            fetch2.assign(same.not());
            held.assign(true);
        });
        when(restart, () -> held.assign(false));
        weightRequest.assign(valid2.and(fetch2));
        weightGroup.assign(term2.group);
        weightAddress.assign(address2);

        Bool go = valid2.and(advance2);
        Bool fetched3 = Pipeline.valid(go.and(fetch2), 1);
        when(fetched3, () -> heldWord.assign(weightWord));
        SInt weight5 = regNext(
                OneOf.select(delay(lane2, 2), Words.elements(weights, heldWord)).asSInt());
        SInt product = regNext(weight5.mul(delay(value2, 3))).resize(shape.accumulatorBits());
        Bool valid6 = Pipeline.valid(go, 4);
        Bool first6 = delay(term2.first, 4);
        sum = reg(sint(shape.accumulatorBits()));
        when(valid6, () -> sum.assign(mux(first6, product, sum.add(product))));
        SInt rounded = regNext(Fixed.of(sum, 0).roundedShiftRight(shift).value());
        Rounded clipped = Fixed.of(rounded, 0).saturate(shape.gradientBits());
        Bool write = Pipeline.valid(go.and(term2.last), LATENCY);
        saturated.assign(
                regNext(clipped.saturated()).and(delay(term2.open, LATENCY)).and(write));
        queue = queueResults(shape, write, regNext(clipped.value()).asBits());
        Bool begun = issue.and(lastOfSum);
        when(begun.and(resultTaken.not()), () -> underway.assign(underway.add(1)));
        when(resultTaken.and(begun.not()), () -> underway.assign(underway.sub(1)));
        draining.assign(underway.ne(0));
    }

    /** One item waits behind that in hand, so that no cycle is lost between them. */
    private void takeItems(Bool done) {
        Bool take = waiting.and(active.not().or(done));
        ready.assign(waiting.not());
        idle.assign(active.not());
        when(done, () -> active.assign(false));
        when(take, () -> {
            active.assign(true);
            hand.assign(next);
            index.assign(0);
            segmentIndex.assign(0);
            waiting.assign(false);
        });
        when(give, () -> {
            next.assign(item);
            waiting.assign(true);
        });
    }

    private Queue queueResults(BackwardShape shape, Bool write, Bits data) {
        BackwardResult written = wire(BackwardResult.type(shape));
        written.group.assign(delay(term2.group, LATENCY));
        written.element.assign(delay(term2.element, LATENCY));
        written.word.assign(delay(term2.word, LATENCY));
        written.data.assign(data);
        Bits packed = written.asBits();
        Queue results = inst(
                "queue",
                new Queue(
                        "BackwardQueue",
                        packed.width(),
                        BackwardShape.RESULT_DEPTH,
                        shape.config().target()));
        results.pushValid.assign(write);
        results.pushData.assign(packed);
        resultValid.assign(results.popValid);
        results.popReady.assign(resultTaken);
        result.assignFromBits(results.popData);
        return results;
    }

    private static List<Bool> bits(Bits vector) {
        List<Bool> each = new ArrayList<>();
        for (int bit = 0; bit < vector.width(); bit++) {
            each.add(vector.bit(bit));
        }
        return each;
    }
}
