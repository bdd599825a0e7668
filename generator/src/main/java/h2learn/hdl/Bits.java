package h2learn.hdl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import spinal.core.B$;
import spinal.core.Data;
import spinal.core.package$;

/** A vector of bits without a numeric meaning. */
public final class Bits extends BitVector<Bits> {
    final spinal.core.Bits raw;

    Bits(spinal.core.Bits raw) {
        this.raw = Source.trim(raw);
    }

    static Type<Bits> type(int width) {
        checkWidth(width);
        return new Type<>() {
            @Override
            Bits create() {
                return new Bits(package$.MODULE$.Bits(Interop.bits(width)));
            }

            @Override
            Bits wrap(Data data) {
                return new Bits((spinal.core.Bits) data);
            }
        };
    }

    @Override
    spinal.core.Bits vector() {
        return raw;
    }

    @Override
    Bits wrap(Data data) {
        return new Bits((spinal.core.Bits) data);
    }

    @Override
    Bits constant(BigInteger value) {
        return lit(value, width());
    }

    @Override
    public Type<Bits> type() {
        return type(width());
    }

    /** A constant, given as an unsigned number. */
    public static Bits lit(BigInteger value, int width) {
        checkConstant(value, BigInteger.ZERO, BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE), width);
        return new Bits(B$.MODULE$.apply(Interop.big(value), Interop.bits(width)));
    }

    public static Bits lit(long value, int width) {
        return lit(BigInteger.valueOf(value), width);
    }

    /** All signals side by side, the first in the lowest bits; concatenated as a balanced tree. */
    public static Bits concat(List<? extends Signal<?>> lowFirst) {
        List<Bits> parts = new ArrayList<>();
        lowFirst.forEach(part -> parts.add(part.asBits()));
        return Tree.reduce(parts, (low, high) -> high.cat(low))
                .orElseThrow(() -> HdlException.here("nothing to concatenate"));
    }

    /** The bits moved up by a constant; the width grows by it. */
    public Bits shl(int count) {
        return new Bits(raw.$less$less(count));
    }

    /** The bits from {@code count} upwards; the width shrinks by it. */
    public Bits shr(int count) {
        return slice(width() - 1, count);
    }

    /** The bits as an unsigned number. */
    public UInt asUInt() {
        return new UInt(raw.asUInt());
    }

    /** The bits as a two's-complement number. */
    public SInt asSInt() {
        return new SInt(raw.asSInt());
    }
}
