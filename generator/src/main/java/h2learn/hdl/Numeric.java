package h2learn.hdl;

import java.math.BigInteger;
import spinal.core.Data;
import spinal.core.Num;

/**
 * What {@link UInt} and {@link SInt} share: exact integer arithmetic. Where operands differ in width, the narrower one is
 * extended, keeping its value. Nothing here rounds or saturates: see {@link Fixed}.
 */
public abstract class Numeric<S extends Numeric<S>> extends BitVector<S> {
    Numeric() {}

    abstract BigInteger minimum();

    abstract BigInteger maximum();

    @SuppressWarnings("unchecked")
    private Num<Data> number() {
        return (Num<Data>) (Object) vector();
    }

    private S constant(long value) {
        return constant(BigInteger.valueOf(value));
    }

    /** The sum in the width of the wider operand; it wraps around. */
    public S add(S that) {
        return wrap(number().$plus(that.data()));
    }

    public S add(long value) {
        return add(constant(value));
    }

    /** The exact sum, one bit wider than the wider operand. */
    public S addWide(S that) {
        return wrap(number().$plus$up(that.data()));
    }

    /** The difference in the width of the wider operand; it wraps around. */
    public S sub(S that) {
        return wrap(number().$minus(that.data()));
    }

    public S sub(long value) {
        return sub(constant(value));
    }

    /** The difference, one bit wider than the wider operand: exact for SInt, modulo that width for UInt. */
    public S subWide(S that) {
        return wrap(number().$minus$up(that.data()));
    }

    /** The exact product; the widths add up. */
    public S mul(S that) {
        return wrap(number().$times(that.data()));
    }

    public Bool lt(S that) {
        return new Bool(number().$less(that.data()));
    }

    public Bool le(S that) {
        return new Bool(number().$less$eq(that.data()));
    }

    public Bool gt(S that) {
        return new Bool(number().$greater(that.data()));
    }

    public Bool ge(S that) {
        return new Bool(number().$greater$eq(that.data()));
    }

    /** Compares with a constant of any size: the answer is constant where the signal's width decides it. */
    public Bool lt(long value) {
        return atOrBelow(minimum(), value) ? Bool.lit(false) : above(value) ? Bool.lit(true) : lt(constant(value));
    }

    /** As {@link #lt(long)}. */
    public Bool ge(long value) {
        return atOrBelow(minimum(), value) ? Bool.lit(true) : above(value) ? Bool.lit(false) : ge(constant(value));
    }

    /** As {@link #lt(long)}. */
    public Bool le(long value) {
        return atOrAbove(value) ? Bool.lit(true) : below(value) ? Bool.lit(false) : le(constant(value));
    }

    /** As {@link #lt(long)}. */
    public Bool gt(long value) {
        return atOrAbove(value) ? Bool.lit(false) : below(value) ? Bool.lit(true) : gt(constant(value));
    }

    private static boolean atOrBelow(BigInteger minimum, long value) {
        return BigInteger.valueOf(value).compareTo(minimum) <= 0;
    }

    private boolean below(long value) {
        return BigInteger.valueOf(value).compareTo(minimum()) < 0;
    }

    private boolean atOrAbove(long value) {
        return BigInteger.valueOf(value).compareTo(maximum()) >= 0;
    }

    private boolean above(long value) {
        return BigInteger.valueOf(value).compareTo(maximum()) > 0;
    }

    /** The smaller of two numbers. */
    public S min(S that) {
        return lt(that).mux(self(), that);
    }

    /** The larger of two numbers. */
    public S max(S that) {
        return lt(that).mux(that, self());
    }

    /** Times 2^count, exact; the width grows by {@code count}. */
    public S shl(int count) {
        return wrap(number().$less$less(count));
    }

    /** Divided by 2^count, rounded down; the width shrinks by {@code count}. */
    public S shr(int count) {
        // a slice: SpinalHDL's >> assigns a wide expression to a narrow signal, which Verilator warns of
        return slice(width() - 1, count);
    }

    /** Times 2^count, exact; the width grows by the largest value that {@code count} can take. */
    public S shl(UInt count) {
        return wrap(number().$less$less(count.raw));
    }

    /** Divided by 2^count, rounded down, in the same width. */
    public S shr(UInt count) {
        return wrap(number().$greater$greater(count.raw));
    }
}
