package h2learn.rtl.transfer;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/**
 * Splits a run of 32-bit words of external memory into bursts of whole bus words, one a cycle. No burst crosses a
 * multiple of its greatest length, hence none crosses 4 KiB.
 */
public final class BurstSplitter extends Circuit {
    public final Bool valid = in(bool());
    public final Bool ready = out(bool());
    /** The run's first 32-bit word: its byte address / 4. */
    public final UInt first;
    /** 32-bit words from there on, at least 1. */
    public final UInt words;

    public final Bool burstValid = out(bool());
    public final Bool burstReady = in(bool());
    /** Byte address of the first bus word. */
    public final UInt burstAddress;
    /** Bus words, at least 1. */
    public final UInt burstBeats;

    /** Forgets what is left. */
    public final Bool stop = in(bool());

    final Bool active = reg(bool()).init(false);
    /** The next bus word, and how many are left from it on. */
    final UInt next;

    final UInt left;

    /**
     * @param wordBits width of the number of words
     * @param busBytes bytes of a bus word, a power of two, at least 4
     * @param burstBeats most bus words of a burst, a power of two, at least 2; times {@code busBytes} at most 4096
     */
    public BurstSplitter(String name, int addressBits, int wordBits, int busBytes, int burstBeats) {
        moduleName(name);
        if (busBytes * burstBeats > 4096) {
            throw new IllegalArgumentException("a burst of " + busBytes * burstBeats + " bytes crosses 4 KiB");
        }
        int byteBits = AcceleratorConfig.ceilLog2(busBytes);
        int beatBits = byteBits - 2;
        int burstBits = AcceleratorConfig.ceilLog2(burstBeats);
        first = in(uint(addressBits - 2));
        words = in(uint(wordBits));
        burstAddress = out(uint(addressBits));
        this.burstBeats = out(uint(burstBits + 1));
        next = reg(uint(addressBits - byteBits));
        left = reg(uint(wordBits + 1));

        // Up to the next multiple of the greatest length: its complement, and one.
        UInt room = next.slice(burstBits - 1, 0).not().resize(burstBits + 1).add(1);
        Bool last = left.le(room.resize(left.width()));
        UInt beats = mux(last, left.resize(burstBits + 1), room);
        this.burstBeats.assign(beats);
        burstValid.assign(active);
        burstAddress.assign(next.cat(UInt.lit(0, byteBits)).asUInt());
        Bool taken = active.and(burstReady);
        ready.assign(active.not().or(taken.and(last)));
        when(taken, () -> {
            next.assign(next.add(beats.resize(next.width())));
            left.assign(left.sub(beats.resize(left.width())));
            when(last, () -> active.assign(false));
        });
        when(valid.and(ready), () -> {
            active.assign(true);
            next.assign(first.shr(beatBits));
            left.assign(busWords(beatBits));
        });
        when(stop, () -> active.assign(false));
    }

    /** Bus words that the run touches. */
    private UInt busWords(int beatBits) {
        int width = words.width() + 1;
        if (beatBits == 0) {
            return words.resize(width);
        }
        UInt ahead = first.slice(beatBits - 1, 0).resize(width);
        return words.resize(width)
                .add(ahead)
                .add((1L << beatBits) - 1)
                .shr(beatBits)
                .resize(width);
    }
}
