package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;

/** A first-in first-out queue with valid/ready at both ends; the word that comes next is always shown. */
public final class Queue extends Circuit {
    public final Bool pushValid = in(bool());
    public final Bool pushReady = out(bool());
    public final Bits pushData;
    public final Bool popValid = out(bool());
    public final Bool popReady = in(bool());
    public final Bits popData;
    public final UInt level;

    final UInt head;
    final UInt tail;
    final UInt count;
    final Mem<Bits> word;

    /** @param depth a power of two, at least 2 */
    public Queue(String name, int width, int depth, Target target) {
        moduleName(name);
        int pointerBits = AcceleratorConfig.ceilLog2(depth);
        pushData = in(bits(width));
        popData = out(bits(width));
        level = out(uint(pointerBits + 1));
        head = reg(uint(pointerBits)).init(0);
        tail = reg(uint(pointerBits)).init(0);
        count = reg(uint(pointerBits + 1)).init(0);
        word = MemoryStyle.DISTRIBUTED.apply(mem(bits(width), depth), target);
        Bool push = pushValid.and(pushReady);
        Bool pop = popValid.and(popReady);
        pushReady.assign(count.ne(depth));
        popValid.assign(count.ne(0));
        popData.assign(word.readAsync(head));
        level.assign(count);
        word.write(tail, pushData, push);
        when(push, () -> tail.assign(tail.add(1)));
        when(pop, () -> head.assign(head.add(1)));
        when(push.and(pop.not()), () -> count.assign(count.add(1)));
        when(pop.and(push.not()), () -> count.assign(count.sub(1)));
    }
}
