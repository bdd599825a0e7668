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
 * each open channel it goes through the point's list, one multiplication a cycle without a gap, and writes ds.
 */
final class BackwardLane extends Circuit {
    /** Cycles from the last multiplication's issue to the write of ds. */
    static final int LATENCY = 7;

    final Bool listWrite = in(bool());
    final UInt listAddress;
    final Bits listEntry;

    final Bool pushValid = in(bool());
    final Bool pushReady = out(bool());
    final Bits pushMask;
    final Bits pushOpen;
    final UInt pushSlot = in(uint(BackwardShape.SLOT_BITS));
    final UInt pushBlock;
    final UInt pushWord;
    final Bool pushLast = in(bool());

    /** Entries of each slot's list. */
    final List<UInt> slotCount = new ArrayList<>();

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
    final Bool active = reg(bool()).init(false);
    final Bits mask;
    final Bits open;
    final UInt slot = reg(uint(BackwardShape.SLOT_BITS));
    final UInt block;
    final UInt word;
    final Bool last = reg(bool());
    final UInt index;
    final SInt sum;

    BackwardLane(BackwardShape shape) {
        moduleName("BackwardLane");
        int owned = shape.owned();
        int blockBits = shape.weightBlockBits();
        int listBits = shape.listBits();
        WordLayout weights = shape.map().window(Scratchpad.BACKWARD_WEIGHT).layout();
        int bankWords = shape.map().window(Scratchpad.BACKWARD_WEIGHT).words() / shape.backwardLanes();
        listAddress = in(uint(BackwardShape.SLOT_BITS + listBits));
        listEntry = in(bits(shape.entryBits()));
        pushMask = in(bits(owned));
        pushOpen = in(bits(owned));
        pushBlock = in(uint(blockBits));
        pushWord = in(uint(shape.traceBits()));
        for (int index = 0; index < BackwardShape.SLOTS; index++) {
            slotCount.add(in(uint(listBits + 1)));
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
        Bool lastItem =
                index.resize(listBits + 1).eq(OneOf.select(slot, slotCount).sub(1));
        Bits rest = Count.withoutFirst(mask);
        Bool wordDone = active.and(rest.orR().not()).and(lastItem.or(issue.not()));
        Bool take = queue.popValid.and(active.not().or(wordDone));
        queue.popReady.assign(active.not().or(wordDone));
        slotDone.assign(wordDone.and(last));
        multiplying.assign(issue);
        when(issue, () -> {
            index.assign(index.add(1));
            when(lastItem, () -> {
                index.assign(0);
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
        });

        // Cycle 1: list entry and weight address. 2: weight word. 3: weight. 4: product. 5: sum. 6: rounded. 7: ds.
        list = MemoryStyle.BLOCK.apply(
                mem(bits(shape.entryBits()), BackwardShape.SLOTS * MemoryMap.MAXIMUM_CHANNELS),
                shape.config().target());
        list.write(listAddress, listEntry, listWrite);
        Bits entry = list.readSync(slot.asBits().cat(index).asUInt(), issue);
        UInt entryBlock = entry.slice(blockBits - 1, 0).asUInt();
        UInt entryLane =
                entry.slice(blockBits + shape.laneBits() - 1, blockBits).asUInt();
        SInt entryValue =
                entry.slice(shape.entryBits() - 1, blockBits + shape.laneBits()).asSInt();
        Bool valid1 = Pipeline.valid(issue, 1);
        UInt element1 = delay(element, 1);
        UInt weightBlock = entryBlock.add(delay(block, 1));
        UInt weightAddress =
                owned == 1 ? weightBlock : weightBlock.cat(element1).asUInt();
        weight.read(valid1, weightAddress);

        UInt lane2 = regNext(entryLane);
        SInt value3 = delay(entryValue, 2);
        SInt weight3 = regNext(
                OneOf.select(lane2, Words.elements(weights, weight.data)).asSInt());
        SInt product = regNext(weight3.mul(value3)).resize(shape.accumulatorBits());
        Bool valid4 = Pipeline.valid(issue, 4);
        Bool first4 = delay(index.eq(0), 4);
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
