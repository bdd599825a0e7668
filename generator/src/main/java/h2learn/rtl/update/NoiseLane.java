package h2learn.rtl.update;

import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/**
 * The random bits of one weight: {@code mix(key + index)} of docs/03-numbers.md, an addition a cycle
 * ({@link h2learn.number.RoundingNoise}).
 */
final class NoiseLane extends Circuit {
    /** Cycles from the index to {@code noise}. */
    static final int LATENCY = 8;

    /** Added before each of the two rounds of a mix. */
    static final long ADDEND = 0x9E3779B9L;

    final UInt index = in(uint(Integer.SIZE));
    /** key + ADDEND. */
    final UInt offsetKey = in(uint(Integer.SIZE));

    final UInt noise = out(uint(Integer.SIZE));

    NoiseLane() {
        moduleName("NoiseLane");
        UInt once = round(regNext(index.add(offsetKey)));
        noise.assign(round(regNext(once.add(UInt.lit(ADDEND, Integer.SIZE)))));
    }

    /** Three cycles. */
    private static UInt round(UInt value) {
        UInt first = value.add(left(value, 10));
        UInt mixed = regNext(first.xor(right(first, 6)));
        UInt second = mixed.add(left(mixed, 3));
        UInt again = regNext(second.xor(right(second, 11)));
        UInt third = again.add(left(again, 15));
        return regNext(third.xor(right(third, 16)));
    }

    private static UInt left(UInt value, int count) {
        return value.shl(count).resize(Integer.SIZE);
    }

    private static UInt right(UInt value, int count) {
        return value.shr(count).resize(Integer.SIZE);
    }
}
