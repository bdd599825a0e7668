package h2learn.rtl.logic;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/** Counts bits and finds the first one. */
public final class Count {
    private Count() {}

    /** How many of the bits are set; wide enough for all of them. */
    public static UInt ones(List<Bool> bits) {
        List<SInt> numbers = new ArrayList<>();
        for (Bool bit : bits) {
            numbers.add(bit.asUInt().toSInt());
        }
        return SInt.sum(numbers).asUInt().resize(UInt.bitsFor(bits.size() + 1));
    }

    /** Index of the lowest set bit; arbitrary when none is. */
    public static UInt firstOne(Bits bits) {
        int width = UInt.bitsFor(bits.width());
        UInt index = UInt.lit(bits.width() - 1L, width);
        for (int bit = bits.width() - 2; bit >= 0; bit--) {
            index = bits.bit(bit).mux(UInt.lit(bit, width), index);
        }
        return index;
    }

    /** The bits without the lowest set one. */
    public static Bits withoutFirst(Bits bits) {
        UInt value = bits.asUInt();
        return value.and(value.sub(1)).asBits();
    }
}
