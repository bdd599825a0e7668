package h2learn.rtl.backward;

import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;
import static h2learn.rtl.layer.Geometry.OUTPUT_PITCH;
import static h2learn.rtl.layer.Geometry.TAPS;

import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads gu point by point, for each sample step by step, row by row, and lists what is not zero, one entry a cycle; a
 * word without entries takes one cycle. Entries go into a ring, one list behind the other.
 */
final class GradientLister extends Circuit {
    final Bool start = in(bool());
    final Bool busy = out(bool());
    final Map<CommandField, UInt> command = CommandPorts.inputs(
            SAMPLES, STEPS, OUTPUT_HEIGHT, OUTPUT_WIDTH, OUTPUT_BLOCKS, OUTPUT_CHANNELS, TRACE, WEIGHT_BLOCK);
    final Map<Geometry, UInt> geometry = GeometryPorts.inputs(OUTPUT_PITCH, TAPS);
    final ReadPort gradient;

    /** The ring has room for a further point. */
    final Bool room = in(bool());

    final Bool entryWrite = out(bool());
    /** Where the next entry goes. */
    final UInt tail;

    final Bits entry;
    /** The list of a point is complete. */
    final Bool pointDone = out(bool());

    final UInt pointStart;
    final UInt pointCount;
    /** Complete lists since the start, modulo. */
    final UInt listed = outReg(uint(BackwardShape.NUMBER_BITS));

    final Bool active = reg(bool()).init(false);
    final Bool holding = reg(bool()).init(false);
    final Bits done;
    final UInt block = reg(uint(16));
    final UInt firstChannel = reg(uint(17));
    final UInt rowBlock;
    final UInt address;
    final UInt count;
    final UInt sample = reg(uint(16));
    final UInt step = reg(uint(8));
    final UInt row = reg(uint(8));
    final UInt column = reg(uint(8));
    final UInt pointAddress;
    final UInt stepAddress;

    GradientLister(BackwardShape shape) {
        moduleName("GradientLister");
        int lanes = shape.lanes();
        int traceBits = shape.traceBits();
        WordLayout layout = shape.map().window(Scratchpad.GRADIENT).layout();
        gradient = master(
                ReadPort.type(layout, shape.map().window(Scratchpad.GRADIENT).words()));
        tail = outReg(uint(shape.listBits()));
        entry = out(bits(shape.entryBits()));
        pointStart = outReg(uint(shape.listBits()));
        pointCount = out(uint(shape.listBits()));
        done = reg(bits(lanes));
        rowBlock = reg(uint(shape.weightBlockBits()));
        address = reg(uint(traceBits));
        pointAddress = reg(uint(traceBits));
        stepAddress = reg(uint(traceBits));
        count = reg(uint(shape.listBits()));
        busy.assign(active);

        boolean skips = shape.config().backward().sparsity().skipsInputs();
        List<Bits> values = Words.elements(layout, gradient.data);
        List<Bits> wanted = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            Bool real = firstChannel.add(lane).lt(port(OUTPUT_CHANNELS).resize(17));
            wanted.add((skips ? values.get(lane).orR() : real).asBits());
        }
        Bits remaining = Bits.concat(wanted).and(done.not());
        UInt lane = Count.firstOne(remaining);
        Bool emit = active.and(holding).and(remaining.orR());
        Bits after = Count.withoutFirst(remaining);
        Bool wordDone = active.and(holding).and(after.orR().not());
        Bool lastWord = block.eq(port(OUTPUT_BLOCKS).sub(1));

        entryWrite.assign(emit);
        entry.assign(OneOf.select(lane, values).cat(lane).cat(rowBlock));
        UInt newCount = mux(emit, count.add(1), count);
        UInt newTail = mux(emit, tail.add(1), tail);
        pointCount.assign(newCount);
        pointDone.assign(wordDone.and(lastWord));

        // The next word of the point is read in the cycle in which this one ends; a point begins when there is room.
        Bool nextWord = wordDone.and(lastWord.not());
        Bool begin = active.and(holding.not()).and(room);
        gradient.read(nextWord.or(begin), mux(begin, pointAddress, address));
        when(emit, () -> {
            count.assign(newCount);
            tail.assign(newTail);
            done.assign(done.or(remaining.xor(after)));
        });
        when(nextWord, () -> {
            address.assign(address.add(1));
            done.assign(0);
            block.assign(block.add(1));
            firstChannel.assign(firstChannel.add(lanes));
            rowBlock.assign(rowBlock.add(pitch(TAPS, shape.weightBlockBits())));
        });
        when(begin, () -> {
            holding.assign(true);
            address.assign(pointAddress.add(1));
            done.assign(0);
            block.assign(0);
            firstChannel.assign(0);
            rowBlock.assign(port(WEIGHT_BLOCK).resize(shape.weightBlockBits()));
            count.assign(0);
            pointStart.assign(tail);
        });
        when(pointDone, () -> {
            holding.assign(false);
            listed.assign(listed.add(1));
            nextPoint(shape);
        });
        when(start, () -> {
            active.assign(true);
            holding.assign(false);
            listed.assign(0);
            tail.assign(0);
            sample.assign(0);
            step.assign(0);
            row.assign(0);
            column.assign(0);
            pointAddress.assign(port(TRACE).resize(traceBits));
            stepAddress.assign(port(TRACE).resize(traceBits));
        });
    }

    /** A step of a sample takes one word group in each position; positions and samples lie behind each other. */
    private void nextPoint(BackwardShape shape) {
        int bits = shape.traceBits();
        Bool lastColumn = column.eq(port(OUTPUT_WIDTH).sub(1));
        Bool lastOfStep = lastColumn.and(row.eq(port(OUTPUT_HEIGHT).sub(1)));
        Bool lastOfSample = lastOfStep.and(step.eq(port(STEPS).sub(1)));
        UInt words = port(OUTPUT_BLOCKS).resize(bits);
        UInt nextStep = mux(lastOfSample, pointAddress, stepAddress).add(words);
        column.assign(mux(lastColumn, UInt.lit(0, 8), column.add(1)));
        pointAddress.assign(pointAddress.add(pitch(OUTPUT_PITCH, bits)));
        when(lastColumn, () -> row.assign(row.add(1)));
        when(lastOfStep, () -> {
            row.assign(0);
            step.assign(step.add(1));
            stepAddress.assign(nextStep);
            pointAddress.assign(nextStep);
        });
        when(lastOfSample, () -> {
            step.assign(0);
            sample.assign(sample.add(1));
            when(sample.eq(port(SAMPLES).sub(1)), () -> active.assign(false));
        });
    }

    private UInt pitch(Geometry value, int bits) {
        return GeometryPorts.of(geometry, value).resize(bits);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
