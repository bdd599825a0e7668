package h2learn.hdl;

import java.math.BigInteger;
import java.util.List;
import spinal.core.Data;
import spinal.core.S$;
import spinal.core.package$;

/** A signed integer in two's complement. */
public final class SInt extends Numeric<SInt> {
    final spinal.core.SInt raw;

    SInt(spinal.core.SInt raw) {
        this.raw = Source.trim(raw);
    }

    static Type<SInt> type(int width) {
        checkWidth(width);
        return new Type<>() {
            @Override
            SInt create() {
                return new SInt(package$.MODULE$.SInt(Interop.bits(width)));
            }

            @Override
            SInt wrap(Data data) {
                return new SInt((spinal.core.SInt) data);
            }
        };
    }

    @Override
    spinal.core.SInt vector() {
        return raw;
    }

    @Override
    SInt wrap(Data data) {
        return new SInt((spinal.core.SInt) data);
    }

    @Override
    SInt constant(BigInteger value) {
        return lit(value, width());
    }

    @Override
    BigInteger minimum() {
        return minimum(width());
    }

    @Override
    BigInteger maximum() {
        return maximum(width());
    }

    private static BigInteger minimum(int width) {
        return BigInteger.ONE.shiftLeft(width - 1).negate();
    }

    private static BigInteger maximum(int width) {
        return BigInteger.ONE.shiftLeft(width - 1).subtract(BigInteger.ONE);
    }

    @Override
    public Type<SInt> type() {
        return type(width());
    }

    public static SInt lit(BigInteger value, int width) {
        checkWidth(width);
        checkConstant(value, minimum(width), maximum(width), width);
        return new SInt(S$.MODULE$.apply(Interop.big(value), Interop.bits(width)));
    }

    public static SInt lit(long value, int width) {
        return lit(BigInteger.valueOf(value), width);
    }

    /** The exact sum, built as a balanced tree whose adders grow by one bit a level. */
    public static SInt sum(List<SInt> values) {
        return Tree.reduce(values, SInt::addWide).orElseThrow(() -> HdlException.here("nothing to add up"));
    }

    /** The negated value in the same width; the smallest value stays as it is. */
    public SInt neg() {
        return new SInt(raw.unary_$minus());
    }

    /** The negated value, exact, one bit wider. */
    public SInt negWide() {
        return resize(width() + 1).neg();
    }

    /** The same bits read as an unsigned number. */
    public UInt asUInt() {
        return new UInt(raw.asUInt());
    }
}
