package h2learn.contract;

/**
 * How a scratchpad word of equal elements lies in 32-bit beats: element 0 in the low bits of beat 0, a power of two of
 * elements in each beat, none across two. Hardware banks are one beat wide; host and hardware share this routine.
 *
 * @param elementBits 1..32
 * @param elements elements of a word, a power of two
 */
public record WordLayout(int elementBits, int elements) {
    public static final int BEAT_BITS = 32;

    public WordLayout {
        if (elementBits < 1 || elementBits > BEAT_BITS || Integer.bitCount(elements) != 1) {
            throw new IllegalArgumentException("no layout for " + elements + " elements of " + elementBits + " bits");
        }
    }

    public int elementsPerBeat() {
        return Math.min(elements, Integer.highestOneBit(BEAT_BITS / elementBits));
    }

    public int beats() {
        return elements / elementsPerBeat();
    }

    /** Used bits of a beat. */
    public int beatBits() {
        return elementsPerBeat() * elementBits;
    }

    public int beatOf(int element) {
        return element / elementsPerBeat();
    }

    /** Position of an element's lowest bit in its beat. */
    public int offsetOf(int element) {
        return element % elementsPerBeat() * elementBits;
    }

    /** Packs one word's elements, taken from {@code values[from..]}, into {@code beats[to..]}. */
    public void pack(int[] values, int from, int[] beats, int to) {
        for (int beat = 0; beat < beats(); beat++) {
            beats[to + beat] = 0;
        }
        int mask = elementBits == BEAT_BITS ? -1 : (1 << elementBits) - 1;
        for (int element = 0; element < elements; element++) {
            beats[to + beatOf(element)] |= (values[from + element] & mask) << offsetOf(element);
        }
    }

    /** One element of a packed word that starts at {@code beats[at]}. */
    public int unpack(int[] beats, int at, int element, boolean signed) {
        int shifted = beats[at + beatOf(element)] << (BEAT_BITS - elementBits - offsetOf(element));
        return signed ? shifted >> (BEAT_BITS - elementBits) : shifted >>> (BEAT_BITS - elementBits);
    }
}
