package h2learn.number;

/**
 * The project's only source of random numbers: a counter-based generator (SplitMix64's finalizer over seed, stream and
 * counter). Each number is a pure function of its three coordinates, so no result depends on who draws first.
 */
public final class CounterRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private CounterRandom() {}

    /** 64 uniform bits. */
    public static long bits(long seed, long stream, long counter) {
        return mix(mix(mix(seed + GOLDEN_GAMMA) + stream + GOLDEN_GAMMA) + counter * GOLDEN_GAMMA);
    }

    /** A uniform real in [0, 1), a multiple of 2^-53. */
    public static double uniform(long seed, long stream, long counter) {
        return Math.scalb((double) (bits(seed, stream, counter) >>> 11), -53);
    }

    /**
     * A random order of 0..length-1 (Fisher-Yates).
     *
     * @param length at least 0
     */
    public static int[] permutation(long seed, long stream, int length) {
        int[] order = new int[length];
        for (int index = 0; index < length; index++) {
            order[index] = index;
        }
        for (int last = length - 1; last > 0; last--) {
            int other = (int) (uniform(seed, stream, last) * (last + 1));
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
