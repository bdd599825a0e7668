package h2learn.number;

/**
 * A positive real factor as hardware multiplies by it: {@code multiplier / 2^shift}, the multiplier as large as it fits
 * so that the relative error is at most 2^-16.
 *
 * @param multiplier unsigned, 0..65535
 * @param shift 0..{@value #MAXIMUM_SHIFT}
 */
public record ScaledFactor(int multiplier, int shift) {
    public static final int MULTIPLIER_BITS = 16;
    public static final int MAXIMUM_SHIFT = 47;

    public ScaledFactor {
        if (multiplier < 0 || multiplier >= 1 << MULTIPLIER_BITS) {
            throw new IllegalArgumentException("multiplier must be 0..65535, not " + multiplier);
        }
        if (shift < 0 || shift > MAXIMUM_SHIFT) {
            throw new IllegalArgumentException("shift must be 0.." + MAXIMUM_SHIFT + ", not " + shift);
        }
    }

    /** The nearest factor to {@code value}; 0 and values below 2^-48 give 0. Throws when {@code value >= 65535.5}. */
    public static ScaledFactor of(double value) {
        if (!(value >= 0) || value >= 65535.5) {
            throw new IllegalArgumentException("factor must be at least 0 and below 65535.5, not " + value);
        }
        if (value == 0) {
            return new ScaledFactor(0, 0);
        }
        int shift = Math.min(MAXIMUM_SHIFT, Math.max(0, MULTIPLIER_BITS - 1 - Math.getExponent(value)));
        long multiplier = (long) Math.rint(Math.scalb(value, shift));
        if (multiplier >= 1 << MULTIPLIER_BITS) {
            shift--;
            multiplier = (long) Math.rint(Math.scalb(value, shift));
        }
        return new ScaledFactor((int) multiplier, shift);
    }

    /** {@code value * multiplier / 2^shift}, rounded to nearest, ties to even. */
    public long apply(long value) {
        return Rounding.shiftRight(value * multiplier, shift);
    }
}
