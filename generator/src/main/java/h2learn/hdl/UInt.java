package h2learn.hdl;

import java.math.BigInteger;
import spinal.core.Data;
import spinal.core.U$;
import spinal.core.package$;

/** An unsigned integer. */
public final class UInt extends Numeric<UInt> {
    final spinal.core.UInt raw;

    UInt(spinal.core.UInt raw) {
        this.raw = Source.trim(raw);
    }

    static Type<UInt> type(int width) {
        checkWidth(width);
        return new Type<>() {
            @Override
            UInt create() {
                return new UInt(package$.MODULE$.UInt(Interop.bits(width)));
            }

            @Override
            UInt wrap(Data data) {
                return new UInt((spinal.core.UInt) data);
            }
        };
    }

    @Override
    spinal.core.UInt vector() {
        return raw;
    }

    @Override
    UInt wrap(Data data) {
        return new UInt((spinal.core.UInt) data);
    }

    @Override
    UInt constant(BigInteger value) {
        return lit(value, width());
    }

    @Override
    BigInteger minimum() {
        return BigInteger.ZERO;
    }

    @Override
    BigInteger maximum() {
        return BigInteger.ONE.shiftLeft(width()).subtract(BigInteger.ONE);
    }

    @Override
    public Type<UInt> type() {
        return type(width());
    }

    public static UInt lit(BigInteger value, int width) {
        checkConstant(value, BigInteger.ZERO, BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE), width);
        return new UInt(U$.MODULE$.apply(Interop.big(value), Interop.bits(width)));
    }

    public static UInt lit(long value, int width) {
        return lit(BigInteger.valueOf(value), width);
    }

    /** The number of bits that can tell {@code count} values apart; at least 1. */
    public static int bitsFor(long count) {
        return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(count - 1));
    }

    /** The same bits read in two's complement. */
    public SInt asSInt() {
        return new SInt(raw.asSInt());
    }

    /** The same value with a sign bit, hence one bit wider. */
    public SInt toSInt() {
        return new SInt(raw.intoSInt());
    }
}
