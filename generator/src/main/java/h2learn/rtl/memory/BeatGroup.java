package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Signal;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * How a scratchpad's words are cut for the host, LOAD and STORE: in groups of neighbouring beats, one group an access.
 * A group's address is the word, and below it the group in the word.
 *
 * @param words depth of the scratchpad
 * @param beats beats of a group, a power of two, at most those of a word
 */
public record BeatGroup(WordLayout layout, int words, int beats) {
    /** Groups as wide as the external bus, or a word where that is narrower. */
    public static BeatGroup of(WordLayout layout, int words, int busBeats) {
        return new BeatGroup(layout, words, Math.min(layout.beats(), busBeats));
    }

    /** Groups of a word. */
    public int groups() {
        return layout.beats() / beats;
    }

    public int groupBits() {
        return AcceleratorConfig.ceilLog2(groups());
    }

    public int addressBits() {
        return Words.addressBits(words) + groupBits();
    }

    /** The word that a group's address lies in. */
    UInt word(UInt address) {
        return address.slice(addressBits() - 1, groupBits());
    }

    /** Whether a beat of a word lies in the addressed group. */
    Bool covers(UInt address, int beat) {
        return groups() == 1
                ? Bool.lit(true)
                : address.slice(groupBits() - 1, 0).eq(beat / beats);
    }

    /** Answers a read: picks the group out of the beats of a word, all arriving one cycle after the request. */
    void answer(BeatRead port, List<Bits> word) {
        for (int place = 0; place < beats; place++) {
            port.data.get(place).assign(select(port.address, word, place));
        }
    }

    private Bits select(UInt address, List<Bits> word, int place) {
        List<Bits> choices = new ArrayList<>();
        for (int beat = place; beat < word.size(); beat += beats) {
            choices.add(word.get(beat));
        }
        if (choices.size() == 1) {
            return choices.get(0);
        }
        int indexBits = AcceleratorConfig.ceilLog2(choices.size());
        return OneOf.select(later(address.slice(indexBits - 1, 0)), choices);
    }

    private static <T extends Signal<T>> T later(T signal) {
        return Circuit.regNext(signal).hint("group");
    }

    /** Whether a write, when it is accepted, goes to a beat of a word. */
    Bool writes(BeatWrite port, int beat) {
        return port.enable.and(port.ready).and(covers(port.address, beat)).and(port.mask.bit(beat % beats));
    }
}
