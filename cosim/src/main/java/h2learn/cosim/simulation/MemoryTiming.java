package h2learn.cosim.simulation;

import java.util.Random;

/**
 * When an external memory takes bursts and answers them. All draws come from generators that begin anew when a timing is
 * set, so equal timings give equal runs. Answers come in the order of the bursts, reads and writes apart from each other.
 *
 * @param seed any value
 * @param chances how often each channel is held back
 * @param read latency of a burst's first word: cycles from AR's handshake to RVALID; an older burst's words may make it more
 * @param write latency of an answer: cycles from the handshakes of AW and of the last W to BVALID
 * @param reads how many read bursts are taken before the oldest is answered, 0 (none is ever taken) to
 *     {@value #MAXIMUM_BURSTS}
 * @param writes the same for write bursts; the data of one more are taken
 */
public record MemoryTiming(long seed, Chances chances, Latency read, Latency write, int reads, int writes) {
    /** How many bursts can be under way at most, of each kind. */
    public static final int MAXIMUM_BURSTS = 256;

    /** No stalls, answers in the next cycle, 16 bursts of each kind. */
    public static final MemoryTiming FAST =
            new MemoryTiming(0, Chances.NEVER, new Latency(1, 0), new Latency(1, 0), 16, 16);

    /**
     * Chances in 1/256, 0 (never) to 255, drawn in each cycle: for AR, AW and W that ready is withheld; for R and B that an
     * answer that is due is withheld (once given it stays).
     */
    public record Chances(int ar, int r, int aw, int w, int b) {
        /** The memory never waits. */
        public static final Chances NEVER = uniform(0);

        public Chances {
            for (int chance : new int[] {ar, r, aw, w, b}) {
                if (chance < 0 || chance > 255) {
                    throw new IllegalArgumentException("a chance must be 0..255 in 256, not " + chance);
                }
            }
        }

        /** The same on every channel. */
        public static Chances uniform(int chance) {
            return new Chances(chance, chance, chance, chance, chance);
        }
    }

    /**
     * Cycles, drawn evenly for each burst from {@code minimum} (at least 1) to {@code minimum + spread}. 10^9 at most, which
     * no run waits for: a memory that does not answer.
     */
    public record Latency(int minimum, int spread) {
        private static final int MAXIMUM = 1_000_000_000;

        public Latency {
            if (minimum < 1 || minimum > MAXIMUM || spread < 0 || spread > MAXIMUM) {
                throw new IllegalArgumentException(
                        "a latency must be 1..10^9 cycles and its spread 0..10^9, not " + minimum + " and " + spread);
            }
        }
    }

    public MemoryTiming {
        for (int bursts : new int[] {reads, writes}) {
            if (bursts < 0 || bursts > MAXIMUM_BURSTS) {
                throw new IllegalArgumentException("bursts under way must be 0.." + MAXIMUM_BURSTS + ", not " + bursts);
            }
        }
    }

    /** Every channel stalls in half of the cycles, answers take 60 to 187 cycles, 2 bursts of each kind. */
    public static MemoryTiming slow(long seed) {
        return new MemoryTiming(seed, Chances.uniform(128), new Latency(60, 127), new Latency(60, 127), 2, 2);
    }

    /** Everything drawn from the seed, each channel from never to nearly always stalled. */
    public static MemoryTiming random(long seed) {
        Random random = new Random(seed);
        Chances chances = new Chances(chance(random), chance(random), chance(random), chance(random), chance(random));
        Latency read = latency(random);
        Latency write = latency(random);
        return new MemoryTiming(seed, chances, read, write, 1 + random.nextInt(16), 1 + random.nextInt(16));
    }

    private static int chance(Random random) {
        // not at all in one case of three
        return random.nextInt(3) == 0 ? 0 : random.nextInt(240);
    }

    private static Latency latency(Random random) {
        return new Latency(1 + random.nextInt(60), random.nextInt(4) == 0 ? 0 : random.nextInt(100));
    }

    /** In the order of the core. */
    int[] values() {
        return new int[] {
            chances.ar,
            chances.r,
            chances.aw,
            chances.w,
            chances.b,
            read.minimum,
            read.spread,
            write.minimum,
            write.spread,
            reads,
            writes
        };
    }
}
