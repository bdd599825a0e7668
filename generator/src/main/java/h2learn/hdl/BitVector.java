package h2learn.hdl;

import java.math.BigInteger;
import spinal.core.BitwiseOp;
import spinal.core.Data;

/** What {@link Bits}, {@link UInt} and {@link SInt} share: bits numbered from 0, the lowest. */
public abstract class BitVector<S extends BitVector<S>> extends Signal<S> {
    private int width;

    BitVector() {}

    abstract spinal.core.BitVector vector();

    abstract S wrap(Data data);

    /** A constant of this signal's type and width. */
    abstract S constant(BigInteger value);

    @Override
    final Data data() {
        return vector();
    }

    @Override
    public final int width() {
        // kept, because SpinalHDL infers an expression's width anew, through all its operands, at every call
        if (width == 0) {
            width = vector().getWidth();
        }
        return width;
    }

    @SuppressWarnings("unchecked")
    private BitwiseOp<Data> bitwise() {
        return (BitwiseOp<Data>) (Object) vector();
    }

    public void assign(long value) {
        assign(constant(BigInteger.valueOf(value)));
    }

    public S init(long value) {
        return init(constant(BigInteger.valueOf(value)));
    }

    public Bool eq(long value) {
        return eq(constant(BigInteger.valueOf(value)));
    }

    public Bool ne(long value) {
        return ne(constant(BigInteger.valueOf(value)));
    }

    public S and(S that) {
        return wrap(bitwise().$amp(that.data()));
    }

    public S or(S that) {
        return wrap(bitwise().$bar(that.data()));
    }

    public S xor(S that) {
        return wrap(bitwise().$up(that.data()));
    }

    public S not() {
        return wrap(bitwise().unary_$tilde());
    }

    /** True where any bit is 1. */
    public Bool orR() {
        return new Bool(vector().orR());
    }

    /** True where all bits are 1. */
    public Bool andR() {
        return new Bool(vector().andR());
    }

    /** True where the number of ones is odd. */
    public Bool xorR() {
        return new Bool(vector().xorR());
    }

    /** Bit {@code index}; it can be assigned too. */
    public Bool bit(int index) {
        checkRange(index, index);
        return new Bool(vector().apply(index));
    }

    /** The bit that a signal selects; it can be assigned too. */
    public Bool bit(UInt index) {
        return new Bool(vector().apply(index.raw));
    }

    /** The highest bit. */
    public Bool msb() {
        return new Bool(vector().msb());
    }

    /** Bits {@code high} down to {@code low}, both included. */
    public S slice(int high, int low) {
        checkRange(high, low);
        return wrap(vector().apply(low, Interop.bits(high - low + 1)));
    }

    /** {@code count} bits from the bit that a signal selects upwards. */
    public S slice(UInt low, int count) {
        return wrap(vector().apply(low.raw, Interop.bits(count)));
    }

    /** More bits (sign bits for an SInt, else zeros), or the low bits only. */
    public S resize(int newWidth) {
        return newWidth == width() ? self() : wrap(vector().resize(newWidth));
    }

    /** One copy of the bits in all-ones or all-zeros: this where {@code enable} is true, else 0. */
    @SuppressWarnings("unchecked")
    public S andMask(Bool enable) {
        return wrap(vector().andMask(enable.raw));
    }

    private void checkRange(int high, int low) {
        if (low < 0 || high < low || high >= width()) {
            throw HdlException.here("bits " + high + ".." + low + " lie outside a signal of " + width() + " bits");
        }
    }

    static void checkWidth(int width) {
        if (width < 1) {
            throw HdlException.here("a signal needs at least one bit, not " + width);
        }
    }

    static void checkConstant(BigInteger value, BigInteger minimum, BigInteger maximum, int width) {
        Elaboration.require();
        checkWidth(width);
        if (value.compareTo(minimum) < 0 || value.compareTo(maximum) > 0) {
            throw HdlException.here("the constant " + value + " does not fit " + width + " bits");
        }
    }
}
