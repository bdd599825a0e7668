package h2learn.hdl;

import h2learn.number.FixedFormat;
import h2learn.number.ScaledFactor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A signed fixed-point number in hardware: {@code value / 2^fractionBits}. Addition, multiplication and left shifts are
 * exact and widen; rounding is to nearest, ties to even. This class is the only place in the hardware that rounds or
 * saturates, and agrees bit for bit with {@link h2learn.number.Rounding}.
 *
 * <p>Rounding and saturation can be done in two steps, so that a register can stand between:
 * {@code Fixed.of(regNext(x.roundedShiftRight(shift).value()), f).saturate(16)}.
 */
public record Fixed(SInt value, int fractionBits) {
    public Fixed {
        if (fractionBits < 0) {
            throw HdlException.here(fractionBits + " fraction bits");
        }
    }

    public static Fixed of(SInt value, int fractionBits) {
        return new Fixed(value, fractionBits);
    }

    /** A signal that holds a number of the given format. */
    public static Fixed of(SInt value, FixedFormat format) {
        if (value.width() != format.bits()) {
            throw HdlException.here("a signal of " + value.width() + " bits for a format of " + format.bits());
        }
        return new Fixed(value, format.fractionBits());
    }

    /** The width of {@link #value()}. */
    public int bits() {
        return value.width();
    }

    /** The exact sum, one bit wider than the wider operand after alignment. */
    public Fixed add(Fixed that) {
        int fraction = Math.max(fractionBits, that.fractionBits);
        return new Fixed(align(fraction).addWide(that.align(fraction)), fraction);
    }

    /** The exact difference, one bit wider than the wider operand after alignment. */
    public Fixed sub(Fixed that) {
        int fraction = Math.max(fractionBits, that.fractionBits);
        return new Fixed(align(fraction).subWide(that.align(fraction)), fraction);
    }

    /** The exact product; the widths and the fraction bits add up. */
    public Fixed mul(Fixed that) {
        return new Fixed(value.mul(that.value), fractionBits + that.fractionBits);
    }

    /** Times 2^count, exact. */
    public Fixed shiftLeft(int count) {
        return new Fixed(value.shl(count), fractionBits);
    }

    /** The number in another format: rounded where that has fewer fraction bits, then saturated. */
    public Rounded roundTo(FixedFormat format) {
        return roundToFraction(format.fractionBits()).saturate(format.bits());
    }

    /** The number with another count of fraction bits, rounded where they are fewer; wide enough for any value. */
    public Fixed roundToFraction(int newFractionBits) {
        SInt integer = newFractionBits >= fractionBits
                ? align(newFractionBits)
                : roundedShiftRight(fractionBits - newFractionBits).value;
        return new Fixed(integer, newFractionBits);
    }

    /** {@code value / 2^shift} rounded, then saturated to {@code bits} bits. */
    public Rounded roundShifted(int shift, int bits) {
        return roundedShiftRight(shift).saturate(bits);
    }

    /** As {@link #roundShifted(int, int)} for a shift known at run time only, of any size. */
    public Rounded roundShifted(UInt shift, int bits) {
        return roundedShiftRight(shift).saturate(bits);
    }

    /** {@code value / 2^shift} rounded, in the fewest bits that hold any result. */
    public Fixed roundedShiftRight(int shift) {
        int width = value.width();
        if (shift < 0) {
            throw HdlException.here("a shift by " + shift);
        }
        if (shift == 0) {
            return this;
        }
        if (shift >= width) {
            // at most one half away from 0, and the tie -1/2 goes to the even neighbour
            return new Fixed(SInt.lit(0, 1), fractionBits);
        }
        SInt floor = value.shr(shift);
        Bool half = value.bit(shift - 1);
        Bool sticky = shift > 1 ? value.slice(shift - 2, 0).orR() : Bool.lit(false);
        return new Fixed(roundUp(floor.resize(width - shift + 1), half, sticky), fractionBits);
    }

    /**
     * {@code value / 2^shift} rounded, in the width of the value. One shifter carries the value and one bit below it,
     * which ends up as the half bit; the bits further below are selected by a mask instead of being shifted too.
     */
    public Fixed roundedShiftRight(UInt shift) {
        int width = value.width();
        SInt shifted = value.shl(1).shr(shift);
        SInt floor = shifted.slice(width, 1);
        List<Bool> below = new ArrayList<>();
        long largest = shift.width() < Integer.SIZE - 1 ? (1L << shift.width()) - 1 : Integer.MAX_VALUE;
        for (int bit = 0; bit < width && bit + 1 < largest; bit++) {
            below.add(shift.gt(bit + 1));
        }
        Bool sticky = below.isEmpty()
                ? Bool.lit(false)
                : value.slice(below.size() - 1, 0)
                        .asBits()
                        .and(Bits.concat(below))
                        .orR();
        return new Fixed(roundUp(floor, shifted.bit(0), sticky), fractionBits);
    }

    /**
     * {@code (value + addend) / 2^shift} rounded down: rounds up with the probability of the fraction when the addend is
     * {@link #uniform}. Agrees bit for bit with {@link h2learn.number.RoundingNoise#shiftRight}.
     *
     * @param addend below 2^shift
     */
    public Fixed stochasticShiftRight(UInt shift, UInt addend) {
        return new Fixed(value.addWide(addend.toSInt()).shr(shift), fractionBits);
    }

    /**
     * A uniform number below 2^shift from the top of {@code random}, zeros below its last bit.
     *
     * @param shift at most {@link h2learn.number.ScaledFactor#MAXIMUM_SHIFT}
     */
    public static UInt uniform(UInt random, UInt shift) {
        int largest = ScaledFactor.MAXIMUM_SHIFT;
        UInt distance = UInt.lit(largest, shift.width()).sub(shift);
        return random.shl(largest - random.width()).shr(distance);
    }

    private static SInt roundUp(SInt floor, Bool half, Bool sticky) {
        Bool up = half.and(sticky.or(floor.bit(0)));
        return floor.add(up.asUInt().toSInt()).resize(floor.width());
    }

    /** The nearest number that fits {@code bits} bits. */
    public Rounded saturate(int bits) {
        int width = value.width();
        if (bits >= width) {
            return new Rounded(value.resize(bits), Bool.lit(false));
        }
        BitVector.checkWidth(bits);
        SInt high = value.slice(width - 1, bits - 1);
        Bool overflow = high.orR().and(high.andR().not());
        SInt limit = value.msb().mux(minimum(bits), minimum(bits).not());
        return new Rounded(overflow.mux(limit, value.slice(bits - 1, 0)), overflow);
    }

    private static SInt minimum(int bits) {
        return SInt.lit(BigInteger.ONE.shiftLeft(bits - 1).negate(), bits);
    }

    private SInt align(int fraction) {
        return fraction == fractionBits ? value : value.shl(fraction - fractionBits);
    }
}
