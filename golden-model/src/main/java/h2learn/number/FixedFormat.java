package h2learn.number;

/**
 * A signed two's-complement fixed-point format: value = integer / 2^fractionBits.
 *
 * @param bits width including the sign, 2..48
 * @param fractionBits binary digits after the point, 0..47; may exceed {@code bits}
 */
public record FixedFormat(int bits, int fractionBits) {
    public FixedFormat {
        if (bits < 2 || bits > 48) {
            throw new IllegalArgumentException("bits must be 2..48, not " + bits);
        }
        if (fractionBits < 0 || fractionBits > 47) {
            throw new IllegalArgumentException("fractionBits must be 0..47, not " + fractionBits);
        }
    }

    /** The smallest representable integer, -2^(bits-1). */
    public long minimum() {
        return -(1L << (bits - 1));
    }

    /** The largest representable integer, 2^(bits-1) - 1. */
    public long maximum() {
        return (1L << (bits - 1)) - 1;
    }

    /** The integer nearest to {@code integer} that the format holds. */
    public long saturate(long integer) {
        return Rounding.saturate(integer, bits);
    }

    /** The format's integer for a real number: nearest, ties to even, saturated. */
    public long quantize(double value) {
        return saturate((long) Math.rint(Math.scalb(value, fractionBits)));
    }

    /** The real number that an integer of this format stands for. */
    public double toReal(long integer) {
        return Math.scalb((double) integer, -fractionBits);
    }
}
