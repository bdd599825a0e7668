package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Vec;
import java.util.ArrayList;
import java.util.List;

/** Takes memory words apart into elements and puts them together, by {@link WordLayout}. */
public final class Words {
    private Words() {}

    public static int addressBits(int words) {
        return Math.max(1, AcceleratorConfig.ceilLog2(words));
    }

    /** Element {@code index} of a word. */
    public static Bits element(WordLayout layout, Vec<Bits> word, int index) {
        int low = layout.offsetOf(index);
        return word.get(layout.beatOf(index)).slice(low + layout.elementBits() - 1, low);
    }

    /** All elements of a word, lane 0 first. */
    public static List<Bits> elements(WordLayout layout, Vec<Bits> word) {
        List<Bits> elements = new ArrayList<>();
        for (int index = 0; index < layout.elements(); index++) {
            elements.add(element(layout, word, index));
        }
        return elements;
    }

    /** The beats of a word of these elements. */
    public static List<Bits> assemble(WordLayout layout, List<Bits> elements) {
        if (elements.size() != layout.elements()) {
            throw new IllegalArgumentException(
                    layout + " takes " + layout.elements() + " elements, not " + elements.size());
        }
        List<Bits> beats = new ArrayList<>();
        for (int beat = 0; beat < layout.beats(); beat++) {
            int first = beat * layout.elementsPerBeat();
            beats.add(Bits.concat(elements.subList(first, first + layout.elementsPerBeat())));
        }
        return beats;
    }

    /** A word of single bits as one vector, lane 0 in bit 0. */
    public static Bits flat(Vec<Bits> word) {
        List<Bits> beats = new ArrayList<>();
        word.forEach(beats::add);
        return Bits.concat(beats);
    }
}
