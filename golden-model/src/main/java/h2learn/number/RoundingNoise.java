package h2learn.number;

/**
 * The random numbers of stochastic rounding: 32 bits for each weight of each update, a function of the seed, the
 * update, the layer and the weight alone, made of shifts, exclusive ors and additions so that hardware computes it
 * cheaply. Seed, update and layer go into a key once a layer's update; hardware gets the key.
 */
public final class RoundingNoise {
    private static final int ADDEND = 0x9E3779B9;

    private RoundingNoise() {}

    /**
     * @param update how many updates came before
     * @param layer index in the layer table, from 0
     */
    public static int key(int seed, int update, int layer) {
        return mix(mix(mix(seed) + update) + layer);
    }

    /**
     * 32 uniform bits.
     *
     * @param index of the weight in its row-major matrix; a bias's is the number of weights plus its output channel
     */
    public static int bits(int key, int index) {
        return mix(key + index);
    }

    /**
     * {@code floor((value + r) / 2^shift)} with r uniform in 0..2^shift - 1 from the top of {@code bits}: rounds up with
     * the probability of the fraction.
     *
     * @param shift 0..47; r has zeros below the 32 bits
     */
    public static long shiftRight(long value, int shift, int bits) {
        long uniform = Integer.toUnsignedLong(bits);
        long addend = shift <= Integer.SIZE ? uniform >>> (Integer.SIZE - shift) : uniform << (shift - Integer.SIZE);
        return (value + addend) >> shift;
    }

    /** A bijection of 32 bits. */
    static int mix(int value) {
        return round(round(value + ADDEND) + ADDEND);
    }

    private static int round(int value) {
        int mixed = value + (value << 10);
        mixed ^= mixed >>> 6;
        mixed += mixed << 3;
        mixed ^= mixed >>> 11;
        mixed += mixed << 15;
        return mixed ^ mixed >>> 16;
    }
}
