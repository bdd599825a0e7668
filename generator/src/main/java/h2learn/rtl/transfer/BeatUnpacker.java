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
 * LOAD's gearbox: bus words, of which a row begins in any of its K beats and ends in any, to groups of beats. A row's
 * beats are a multiple of a group's, so groups run on from row to row without a gap.
 */
final class BeatUnpacker extends Circuit {
    final Bool start = in(bool());
    /** Beat of the bus word in which the first row begins, with {@code start}; beats from row to row, modulo K. */
    final UInt firstPlace;

    final UInt pitch;
    /** Beats of a row. */
    final UInt rowBeats;
    /** Beats of a group, 1, 2, 4 up to K. */
    final UInt groupBeats;

    final Bool wordValid = in(bool());
    final Bool wordTaken = out(bool());
    final Bits word;

    final Bool groupValid = out(bool());
    final Bool groupTaken = in(bool());
    /** The group's beats; those above {@code groupBeats} say nothing. */
    final Vec<Bits> group;

    final UInt place;
    final UInt rowPlace;
    final UInt left;
    final UInt held;
    final List<Bits> beat = new ArrayList<>();

    BeatUnpacker(TransferShape shape) {
        moduleName("BeatUnpacker");
        int beats = shape.busBeats();
        int placeBits = Math.max(1, shape.busBeatBits());
        int countBits = shape.beatCountBits();
        int heldBits = UInt.bitsFor(3L * beats + 1);
        firstPlace = in(uint(placeBits));
        pitch = in(uint(placeBits));
        rowBeats = in(uint(shape.rowBits()));
        groupBeats = in(uint(countBits));
        word = in(bits(shape.bus().dataBits()));
        group = out(vec(bits(32), beats));
        place = reg(uint(placeBits));
        rowPlace = reg(uint(placeBits));
        left = reg(uint(shape.rowBits()));
        held = reg(uint(heldBits)).init(0);

        Bool give = groupValid.and(groupTaken);
        groupValid.assign(held.ge(groupBeats.resize(heldBits)));
        UInt given = groupBeats.resize(heldBits).andMask(give);
        UInt kept = held.sub(given);
        // Whether there is room does not ask whether a group goes: memories answer late in the cycle.
        wordTaken.assign(held.le(2L * beats));
        Bool take = wordValid.and(wordTaken);
        UInt inWord = UInt.lit(beats, countBits).sub(beats == 1 ? UInt.lit(0, countBits) : place.resize(countBits));
        Bool rowEnds = left.le(inWord.resize(left.width()));
        UInt count = mux(rowEnds, left.resize(countBits), inWord);
        held.assign(kept.add(count.resize(heldBits).andMask(take)));
        UInt nextPlace = rowPlace.add(pitch);
        when(take, () -> {
            left.assign(left.sub(inWord.resize(left.width())));
            place.assign(0);
        });
        when(take.and(rowEnds), () -> {
            left.assign(rowBeats);
            place.assign(nextPlace);
            rowPlace.assign(nextPlace);
        });
        when(start, () -> {
            held.assign(0);
            left.assign(rowBeats);
            place.assign(firstPlace);
            rowPlace.assign(firstPlace);
        });
        moveBeats(shape, kept, give, take);
    }

    private void moveBeats(TransferShape shape, UInt kept, Bool give, Bool take) {
        int beats = shape.busBeats();
        List<Bits> arriving = new ArrayList<>();
        for (int index = 0; index < beats; index++) {
            arriving.add(word.slice(32 * index + 31, 32 * index));
        }
        // The word's first wanted beat moved to the front.
        List<Bits> aligned = new ArrayList<>();
        for (int index = 0; index < beats; index++) {
            List<Bits> choices = new ArrayList<>();
            for (int from = index; from < index + beats; from++) {
                choices.add(arriving.get(from % beats));
            }
            aligned.add(OneOf.select(place, choices));
        }
        for (int index = 0; index < 3 * beats; index++) {
            beat.add(reg(bits(32)));
        }
        for (int index = 0; index < 3 * beats; index++) {
            Bits register = beat.get(index);
            Bits moved = register;
            for (int width = 1; width <= beats; width *= 2) {
                if (index + width < 3 * beats) {
                    Bits above = beat.get(index + width);
                    moved = mux(give.and(groupBeats.eq(width)), above, moved);
                }
            }
            // Beat index - kept of the word; what lies beyond the word's beats is overwritten by the next.
            UInt source = UInt.lit(index, kept.width()).sub(kept).resize(place.width());
            Bits fresh = OneOf.select(source, aligned);
            register.assign(mux(take.and(kept.le(index)), fresh, moved));
        }
        for (int index = 0; index < beats; index++) {
            group.get(index).assign(beat.get(index));
        }
    }
}
