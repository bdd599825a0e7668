package h2learn.rtl.logic;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/** The exact product of alpha and a number: by a multiplier, or by a shift where the configuration has no other. */
public final class Leak {
    private Leak() {}

    /** @param alpha unsigned, 9 bits, 8 fraction bits; a power of two, at least 2^-8, where the leak is a shift */
    public static SInt of(AcceleratorConfig config, UInt alpha, SInt value) {
        SInt factor = alpha.toSInt();
        return switch (config.options().alpha()) {
            case MULTIPLIER -> factor.mul(value);
            case SHIFT -> shifted(alpha, value).resize(factor.width() + value.width());
        };
    }

    private static SInt shifted(UInt alpha, SInt value) {
        SInt wide = value.resize(value.width() + Formats.LEAK_FRACTION_BITS);
        return Shift.left(wide, exponent(alpha));
    }

    /** The number of the only bit that is set. */
    private static UInt exponent(UInt oneHot) {
        List<Bits> number = new ArrayList<>();
        for (int bit = 0; bit < AcceleratorConfig.ceilLog2(oneHot.width()); bit++) {
            Bool any = Bool.lit(false);
            for (int place = 0; place < oneHot.width(); place++) {
                if ((place >> bit & 1) != 0) {
                    any = any.or(oneHot.bit(place));
                }
            }
            number.add(any.asBits());
        }
        return Bits.concat(number).asUInt();
    }
}
