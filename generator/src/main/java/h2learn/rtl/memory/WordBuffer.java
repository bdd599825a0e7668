package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;

/**
 * A first-in first-out queue of words in block memory: a word is shown two cycles after it came, then one a cycle. Its
 * user counts the places: a word is pushed only when there is one.
 */
public final class WordBuffer extends Circuit {
    public final Bool push = in(bool());
    public final Bits pushData;
    public final Bool popValid = out(bool());
    /** Takes the word that is shown; only with {@code popValid}. */
    public final Bool pop = in(bool());

    public final Bits popData;
    /** Drops all words; not together with {@code push}. */
    public final Bool clear = in(bool());

    final UInt head;
    final UInt tail;
    final Bool pushed = reg(bool()).init(false);
    final UInt readable;
    final Mem<Bits> word;

    /** @param depth a power of two, at least 2 */
    public WordBuffer(String name, int width, int depth, Target target) {
        moduleName(name);
        int pointerBits = AcceleratorConfig.ceilLog2(depth);
        pushData = in(bits(width));
        popData = out(bits(width));
        head = reg(uint(pointerBits)).init(0);
        tail = reg(uint(pointerBits)).init(0);
        readable = reg(uint(pointerBits + 1)).init(0);
        word = MemoryStyle.BLOCK.apply(mem(bits(width), depth), target);
        word.write(tail, pushData, push.and(clear.not()));
        popValid.assign(readable.ne(0));
        UInt next = mux(pop, head.add(1), head);
        popData.assign(word.readSync(next, pushed.or(popValid)));
        head.assign(next);
        // A word can be read in the cycle after it was written, and is there one cycle later.
        pushed.assign(push);
        when(push, () -> tail.assign(tail.add(1)));
        when(pushed.and(pop.not()), () -> readable.assign(readable.add(1)));
        when(pop.and(pushed.not()), () -> readable.assign(readable.sub(1)));
        when(clear, () -> {
            head.assign(0);
            tail.assign(0);
            readable.assign(0);
            pushed.assign(false);
        });
    }
}
