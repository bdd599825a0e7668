package h2learn.cosim.simulation;

import java.util.List;

/**
 * Which bursts an external memory answers with SLVERR. Outside of the memory it always answers DECERR. A read burst has
 * an error in those beats that touch an interval, or in one beat when it is drawn. A write burst of which any beat is in
 * error changes nothing at all.
 *
 * @param seed any value; the draws begin anew when the errors are set
 * @param readChance of a read burst to be in error, in 1/65536, 0 (never) to 65535
 * @param writeChance the same for write bursts
 * @param intervals addresses that always fail
 */
public record MemoryErrors(long seed, int readChance, int writeChance, List<Interval> intervals) {
    /** None but DECERR outside of the memory. */
    public static final MemoryErrors NONE = new MemoryErrors(0, 0, 0, List.of());

    /** {@code bytes} (at least 1) from the address {@code from} on. */
    public record Interval(long from, long bytes) {
        public Interval {
            if (bytes < 1) {
                throw new IllegalArgumentException("an interval has at least 1 byte, not " + bytes);
            }
        }
    }

    public MemoryErrors {
        for (int chance : new int[] {readChance, writeChance}) {
            if (chance < 0 || chance > 65535) {
                throw new IllegalArgumentException("a chance must be 0..65535 in 65536, not " + chance);
            }
        }
        intervals = List.copyOf(intervals);
    }

    /** Errors at these addresses only. */
    public static MemoryErrors at(Interval... intervals) {
        return new MemoryErrors(0, 0, 0, List.of(intervals));
    }

    /** Errors by chance only, the same for reads and writes. */
    public static MemoryErrors random(long seed, int chance) {
        return new MemoryErrors(seed, chance, chance, List.of());
    }

    long[] values() {
        long[] values = new long[Math.max(1, 2 * intervals.size())];
        for (int i = 0; i < intervals.size(); i++) {
            values[2 * i] = intervals.get(i).from();
            values[2 * i + 1] = intervals.get(i).bytes();
        }
        return values;
    }
}
