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
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.ElementWrite;
import h2learn.rtl.memory.MemoryStyle;
import h2learn.rtl.memory.Queue;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * One multiplier of the backward engine with its own lists, its own queue of open channels and its own weight bank: for
 * each open channel it goes through the point's segments and their lists, one multiplication a cycle without a gap, and
 * writes ds.
 */
final class BackwardLane extends Circuit {
    /** Cycles from the last multiplication's issue to the write of ds. */
    static final int LATENCY = 7;

    final Bool listWrite = in(bool());
    final UInt listAddress;
    final Bits listEntry;

    final Bool segmentWrite = in(bool());
    final UInt segmentAddress = in(uint(BackwardShape.SLOT_BITS + BackwardShape.SEGMENT_BITS));
    final Bits segmentEntry;

    final Bool pushValid = in(bool());
    final Bool pushReady = out(bool());
    final Bits pushMask;
    final Bits pushOpen;
    final UInt pushSlot = in(uint(BackwardShape.SLOT_BITS));
    final UInt pushBlock;
    final UInt pushWord;
    final Bool pushLast = in(bool());

    /** Segments of each slot. */
    final List<UInt> slotSegments = new ArrayList<>();

    final UInt shift = in(uint(CommandField.SHIFT.bits()));
    final ReadPort weight;
    final ElementWrite spikeGradient;

    /** A multiplication is issued. */
    final Bool multiplying = out(bool());
    /** The lane is through with its oldest slot. */
    final Bool slotDone = out(bool());

    final Bool saturated = out(bool());

    final Queue queue;
    final Mem<Bits> list;
    final Mem<Bits> segments;
    final Bool active = reg(bool()).init(false);
    final Bits mask;
    final Bits open;
    final UInt slot = reg(uint(BackwardShape.SLOT_BITS));
    final UInt block;
    final UInt word;
    final Bool last = reg(bool());
    final UInt segmentIndex = reg(uint(BackwardShape.SEGMENT_BITS));
    final UInt index;
    final SInt sum;

    BackwardLane(BackwardShape shape) {
        moduleName("BackwardLane");
        int owned = shape.owned();
        int blockBits = shape.weightBlockBits();
        int listBits = shape.listBits();
        WordLayout weights = shape.map().window(Scratchpad.BACKWARD_WEIGHT).layout();
        int bankWords = shape.map().window(Scratchpad.BACKWARD_WEIGHT).words() / shape.backwardLanes();
        listAddress = in(uint(listBits));
        segmentEntry = in(bits(shape.segmentBits()));
        listEntry = in(bits(shape.entryBits()));
        pushMask = in(bits(owned));
        pushOpen = in(bits(owned));
        pushBlock = in(uint(blockBits));
        pushWord = in(uint(shape.traceBits()));
        for (int index = 0; index < BackwardShape.SLOTS; index++) {
            slotSegments.add(in(uint(BackwardShape.SEGMENT_BITS + 1)));
        }
        weight = master(ReadPort.type(weights, bankWords));
        spikeGradient = master(ElementWrite.type(shape.traceBits(), owned, shape.gradientBits()));

        // Queue of words with open channels; the word in hand is in registers.
        List<Bits> fields = List.of(
                pushMask, pushOpen, pushSlot.asBits(), pushBlock.asBits(), pushWord.asBits(), pushLast.asBits());
        Bits packed = Bits.concat(fields);
        queue = inst(
                "queue",
                new Queue(
                        "BackwardQueue",
                        packed.width(),
                        BackwardShape.QUEUE_DEPTH,
                        shape.config().target()));
        queue.pushValid.assign(pushValid);
        queue.pushData.assign(packed);
        pushReady.assign(queue.pushReady);
        mask = reg(bits(owned));
        open = reg(bits(owned));
        block = reg(uint(blockBits));
        word = reg(uint(shape.traceBits()));
        index = reg(uint(listBits));

        UInt element = Count.firstOne(mask);
        Bool issue = active.and(mask.orR());
        segments = MemoryStyle.DISTRIBUTED.apply(
                mem(bits(shape.segmentBits()), BackwardShape.SLOTS * BackwardShape.SEGMENTS),
                shape.config().target());
        segments.write(segmentAddress, segmentEntry, segmentWrite);
        Bits segment = segments.readAsync(slot.cat(segmentIndex).asUInt());
        UInt segmentStart = segment.slice(listBits - 1, 0).asUInt();
        UInt segmentCount = segment.slice(2 * listBits - 1, listBits).asUInt();
        UInt segmentBlocks =
                segment.slice(shape.segmentBits() - 1, 2 * listBits).asUInt();
        Bool lastEntry = index.eq(segmentCount.sub(1));
        int countBits = BackwardShape.SEGMENT_BITS + 1;
        Bool lastSegment = segmentIndex
                .resize(countBits)
                .eq(OneOf.select(slot, slotSegments).sub(1));
        Bool lastItem = lastEntry.and(lastSegment);
        Bool firstItem = index.eq(0).and(segmentIndex.eq(0));
        Bits rest = Count.withoutFirst(mask);
        Bool wordDone = active.and(rest.orR().not()).and(lastItem.or(issue.not()));
        Bool take = queue.popValid.and(active.not().or(wordDone));
        queue.popReady.assign(active.not().or(wordDone));
        slotDone.assign(wordDone.and(last));
        multiplying.assign(issue);
        when(issue, () -> {
            index.assign(index.add(1));
            when(lastEntry, () -> {
                index.assign(0);
                segmentIndex.assign(segmentIndex.add(1));
            });
            when(lastItem, () -> {
                segmentIndex.assign(0);
                mask.assign(rest);
            });
        });
        when(wordDone, () -> active.assign(false));
        int at = 0;
        List<Bits> popped = new ArrayList<>();
        for (Bits field : fields) {
            popped.add(queue.popData.slice(at + field.width() - 1, at));
            at += field.width();
        }
        when(take, () -> {
            active.assign(true);
            mask.assign(popped.get(0));
            open.assign(popped.get(1));
            slot.assign(popped.get(2).asUInt());
            block.assign(popped.get(3).asUInt());
            word.assign(popped.get(4).asUInt());
            last.assign(popped.get(5).bit(0));
            index.assign(0);
            segmentIndex.assign(0);
        });

        // Cycle 1: list entry and weight address. 2: weight word. 3: weight. 4: product. 5: sum. 6: rounded. 7: ds.
        list = MemoryStyle.BLOCK.apply(
                mem(bits(shape.entryBits()), MemoryMap.LIST_ENTRIES),
                shape.config().target());
        list.write(listAddress, listEntry, listWrite);
        Bits entry = list.readSync(segmentStart.add(index), issue);
        UInt entryBlock = entry.slice(blockBits - 1, 0).asUInt();
        UInt entryLane =
                entry.slice(blockBits + shape.laneBits() - 1, blockBits).asUInt();
        SInt entryValue =
                entry.slice(shape.entryBits() - 1, blockBits + shape.laneBits()).asSInt();
        Bool valid1 = Pipeline.valid(issue, 1);
        UInt element1 = delay(element, 1);
        UInt weightBlock = entryBlock.add(regNext(block.add(segmentBlocks)));
        UInt weightAddress =
                owned == 1 ? weightBlock : weightBlock.cat(element1).asUInt();
        weight.read(valid1, weightAddress);

        UInt lane2 = regNext(entryLane);
        SInt value3 = delay(entryValue, 2);
        SInt weight3 = regNext(
                OneOf.select(lane2, Words.elements(weights, weight.data)).asSInt());
        SInt product = regNext(weight3.mul(value3)).resize(shape.accumulatorBits());
        Bool valid4 = Pipeline.valid(issue, 4);
        Bool first4 = delay(firstItem, 4);
        sum = reg(sint(shape.accumulatorBits()));
        when(valid4, () -> sum.assign(mux(first4, product, sum.add(product))));
        SInt rounded = regNext(Fixed.of(sum, 0).roundedShiftRight(shift).value());
        Rounded result = Fixed.of(rounded, 0).saturate(shape.gradientBits());
        Bool write = Pipeline.valid(issue.and(lastItem), LATENCY);
        spikeGradient.enable.assign(write);
        spikeGradient.address.assign(delay(word, LATENCY));
        spikeGradient.element.assign(delay(element, LATENCY));
        spikeGradient.data.assign(regNext(result.value()).asBits());
        List<Bool> openBits = new ArrayList<>();
        for (int bit = 0; bit < owned; bit++) {
            openBits.add(open.bit(bit));
        }
        Bool openNow = OneOf.select(element, openBits);
        saturated.assign(
                regNext(result.saturated()).and(delay(openNow, LATENCY)).and(write));
    }
}
