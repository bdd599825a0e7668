package h2learn.rtl.command;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandQueue;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the tokens that wait from each queue to each queue. Giving and taking in one cycle leaves a counter as it is; a
 * queue must take only where {@code available} says so.
 */
public final class TokenCounters extends Circuit {
    private static final int QUEUES = CommandQueue.values().length;

    /** Per queue: of which queues it takes one token in this cycle. */
    public final Vec<Bits> take = in(vec(bits(QUEUES), QUEUES));
    /** Per queue: to which queues it gives one token in this cycle. */
    public final Vec<Bits> give = in(vec(bits(QUEUES), QUEUES));
    /** Per queue: of which queues tokens wait for it. */
    public final Vec<Bits> available = out(vec(bits(QUEUES), QUEUES));
    /** A counter is full and gets one more, which is lost. */
    public final Bool overflow = out(bool());

    /** Counter of the tokens of queue {@code from} to queue {@code to}, at from * queues + to. */
    final List<UInt> counter = new ArrayList<>();

    public TokenCounters() {
        this("TokenCounters", CommandQueue.MAXIMUM_TOKENS);
    }

    /** @param maximum most tokens of a counter, a power of two less 1, at least 1 */
    public TokenCounters(String name, int maximum) {
        moduleName(name);
        int counterBits = AcceleratorConfig.ceilLog2(maximum + 1);
        for (int index = 0; index < QUEUES * QUEUES; index++) {
            counter.add(reg(uint(counterBits)).init(0));
        }
        List<Bool> lost = new ArrayList<>();
        for (int from = 0; from < QUEUES; from++) {
            for (int to = 0; to < QUEUES; to++) {
                UInt tokens = counter.get(from * QUEUES + to);
                Bool up = give.get(from).bit(to);
                Bool down = take.get(to).bit(from);
                Bool full = tokens.eq(maximum);
                when(up.and(down.not(), full.not()), () -> tokens.assign(tokens.add(1)));
                when(down.and(up.not()), () -> tokens.assign(tokens.sub(1)));
                lost.add(up.and(down.not(), full));
            }
        }
        for (int to = 0; to < QUEUES; to++) {
            List<Bool> waiting = new ArrayList<>();
            for (int from = 0; from < QUEUES; from++) {
                waiting.add(counter.get(from * QUEUES + to).ne(0));
            }
            available.get(to).assign(Bits.concat(waiting));
        }
        overflow.assign(Bool.any(lost));
    }
}
