package h2learn.rtl.backward;

import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads gu point by point and lists what is not zero, one entry a cycle; a word without entries takes one cycle. A point
 * with an empty list is reported as empty and takes no slot.
 */
final class GradientLister extends Circuit {
    final Bool start = in(bool());
    final Bool busy = out(bool());
    final UInt points;
    final UInt outputBlocks = in(uint(16));
    final UInt outputChannels = in(uint(16));
    final UInt inputBlocks = in(uint(16));
    final UInt trace;
    final UInt weightBlock;
    final ReadPort gradient;

    /** A slot is free to list a point into. */
    final Bool slotFree = in(bool());

    final Bool entryWrite = out(bool());
    final UInt entryIndex;
    final Bits entry;
    /** The list of a point is complete, of {@code pointCount} entries; empty when that is 0. */
    final Bool pointDone = out(bool());

    final UInt point;
    final UInt pointCount;
    /** point * blocks of the layer below. */
    final UInt pointBelow;

    final Bool active = reg(bool()).init(false);
    final Bool holding = reg(bool()).init(false);
    final Bits listed;
    final UInt block = reg(uint(16));
    final UInt firstChannel = reg(uint(17));
    final UInt rowBlock;
    final UInt address;
    final UInt count;

    GradientLister(BackwardShape shape) {
        moduleName("GradientLister");
        int lanes = shape.lanes();
        WordLayout layout = shape.map().window(Scratchpad.GRADIENT).layout();
        int pointBits = Words.addressBits(shape.config().limits().points()) + 1;
        points = in(uint(pointBits));
        trace = in(uint(shape.traceBits()));
        weightBlock = in(uint(shape.weightBlockBits()));
        gradient = master(
                ReadPort.type(layout, shape.map().window(Scratchpad.GRADIENT).words()));
        entryIndex = out(uint(shape.listBits()));
        entry = out(bits(shape.entryBits()));
        point = outReg(uint(pointBits));
        pointCount = out(uint(shape.listBits() + 1));
        pointBelow = outReg(uint(shape.traceBits()));
        listed = reg(bits(lanes));
        rowBlock = reg(uint(shape.weightBlockBits()));
        address = reg(uint(shape.traceBits()));
        count = reg(uint(shape.listBits() + 1));
        busy.assign(active);

        boolean skips = shape.config().backward().sparsity().skipsInputs();
        List<Bits> values = Words.elements(layout, gradient.data);
        List<Bits> wanted = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            Bool real = firstChannel.add(lane).lt(outputChannels.resize(17));
            wanted.add((skips ? values.get(lane).orR() : real).asBits());
        }
        Bits remaining = Bits.concat(wanted).and(listed.not());
        UInt lane = Count.firstOne(remaining);
        Bool emit = active.and(holding).and(remaining.orR());
        Bits after = Count.withoutFirst(remaining);
        Bool wordDone = active.and(holding).and(after.orR().not());
        Bool lastWord = block.eq(outputBlocks.sub(1));
        Bool lastPoint = point.eq(points.sub(1));

        entryWrite.assign(emit);
        entryIndex.assign(count.resize(shape.listBits()));
        entry.assign(OneOf.select(lane, values).cat(lane).cat(rowBlock));
        UInt newCount = mux(emit, count.add(1), count);
        pointCount.assign(newCount);
        pointDone.assign(wordDone.and(lastWord));

        // The next word of the point is read in the cycle in which this one ends; a point begins when a slot is free.
        Bool nextWord = wordDone.and(lastWord.not());
        Bool begin = active.and(holding.not()).and(slotFree);
        gradient.read(nextWord.or(begin), address);
        when(emit, () -> {
            count.assign(newCount);
            listed.assign(listed.or(remaining.xor(after)));
        });
        when(nextWord.or(begin), () -> {
            holding.assign(true);
            address.assign(address.add(1));
            listed.assign(0);
        });
        when(nextWord, () -> {
            block.assign(block.add(1));
            firstChannel.assign(firstChannel.add(lanes));
            rowBlock.assign(rowBlock.add(inputBlocks.resize(shape.weightBlockBits())));
        });
        when(begin, () -> {
            block.assign(0);
            firstChannel.assign(0);
            rowBlock.assign(weightBlock);
            count.assign(0);
        });
        when(pointDone, () -> {
            holding.assign(false);
            point.assign(point.add(1));
            pointBelow.assign(pointBelow.add(inputBlocks.resize(shape.traceBits())));
            when(lastPoint, () -> active.assign(false));
        });
        when(start, () -> {
            active.assign(true);
            holding.assign(false);
            point.assign(0);
            pointBelow.assign(0);
            address.assign(trace);
        });
    }
}
