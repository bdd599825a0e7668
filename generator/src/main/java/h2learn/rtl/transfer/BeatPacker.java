package h2learn.rtl.transfer;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.logic.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * STORE's gearbox: groups of beats to bus words, of which a row begins in any of its K beats and ends in any; the mask
 * says which beats are the row's. A row whose last group spreads over two words takes one cycle more.
 */
final class BeatPacker extends Circuit {
    final Bool start = in(bool());
    /** Beat of the bus word in which the first row begins, with {@code start}; beats from row to row, modulo K. */
    final UInt firstPlace;

    final UInt pitch;
    /** Beats of a group, 1, 2, 4 up to K. */
    final UInt groupBeats;

    final Bool groupValid = in(bool());
    final Bool groupTaken = out(bool());
    final Vec<Bits> group;
    final Bool lastOfRow = in(bool());

    final Bool wordValid = out(bool());
    final Bool wordTaken = in(bool());
    final Bits word;
    /** One bit a beat. */
    final Bits mask;

    final UInt place;
    final UInt rowPlace;
    /** The row is over, and its last word is in the registers. */
    final Bool rest = reg(bool()).init(false);

    final List<Bits> beat = new ArrayList<>();
    final Bits filled;

    BeatPacker(TransferShape shape) {
        moduleName("BeatPacker");
        int beats = shape.busBeats();
        int placeBits = Math.max(1, shape.busBeatBits());
        int slotBits = UInt.bitsFor(2L * beats);
        firstPlace = in(uint(placeBits));
        pitch = in(uint(placeBits));
        groupBeats = in(uint(shape.beatCountBits()));
        group = in(vec(bits(32), beats));
        word = out(bits(shape.bus().dataBits()));
        mask = out(bits(beats));
        place = reg(uint(placeBits));
        rowPlace = reg(uint(placeBits));
        filled = reg(bits(beats)).init(0);

        UInt first = beats == 1 ? UInt.lit(0, slotBits) : place.resize(slotBits);
        UInt end = first.add(groupBeats.resize(slotBits));
        Bool full = end.ge(beats);
        Bool spreads = end.gt(beats);
        Bool done = full.or(lastOfRow);
        groupTaken.assign(rest.not().and(wordTaken));
        Bool take = groupValid.and(groupTaken);
        wordValid.assign(rest.or(groupValid.and(done)));

        List<Bits> slots = new ArrayList<>();
        List<Bits> masks = new ArrayList<>();
        for (int index = 0; index < beats; index++) {
            beat.add(reg(bits(32)));
        }
        for (int slot = 0; slot < 2 * beats; slot++) {
            UInt source = UInt.lit(slot, slotBits).sub(first);
            Bool fresh = source.lt(groupBeats.resize(slotBits));
            Bits value = beats == 1 ? group.get(0) : OneOf.select(source.resize(placeBits), group.elements());
            slots.add(slot < beats ? mux(fresh, value, beat.get(slot)) : value);
            masks.add((slot < beats ? fresh.or(filled.bit(slot)) : fresh).asBits());
        }
        Bits low = Bits.concat(masks.subList(0, beats));
        Bits high = Bits.concat(masks.subList(beats, 2 * beats));
        word.assign(mux(rest, Bits.concat(beat), Bits.concat(slots.subList(0, beats))));
        mask.assign(mux(rest, filled, low));

        UInt nextPlace = rowPlace.add(pitch);
        when(take, () -> {
            for (int index = 0; index < beats; index++) {
                beat.get(index).assign(mux(full, slots.get(beats + index), slots.get(index)));
            }
            filled.assign(mux(full, high, low));
            place.assign(end.resize(placeBits));
        });
        when(take.and(lastOfRow), () -> {
            rest.assign(spreads);
            place.assign(nextPlace);
            rowPlace.assign(nextPlace);
            when(spreads.not(), () -> filled.assign(0));
        });
        when(rest.and(wordTaken), () -> {
            rest.assign(false);
            filled.assign(0);
        });
        when(start, () -> {
            rest.assign(false);
            filled.assign(0);
            place.assign(firstPlace);
            rowPlace.assign(firstPlace);
        });
    }
}
