package h2learn.number;

/** The only rounding and saturation of the golden model: to nearest, ties to even (DESIGN section 3). */
public final class Rounding {
    private Rounding() {}

    /**
     * {@code value / 2^shift} rounded to nearest, ties to even. A shift of 0 returns the value.
     *
     * @param shift 0..62
     */
    public static long shiftRight(long value, int shift) {
        if (shift == 0) {
            return value;
        }
        long floor = value >> shift;
        long rest = value - (floor << shift);
        long half = 1L << (shift - 1);
        // the sign bit of half - rest - odd: 1 above the half and on the half of an odd floor, without a branch
        return floor + ((half - rest - (floor & 1)) >>> 63);
    }

    /** The nearest integer that fits {@code bits} bits in two's complement. */
    public static long saturate(long value, int bits) {
        long maximum = (1L << (bits - 1)) - 1;
        return Math.max(-maximum - 1, Math.min(maximum, value));
    }
}
