package h2learn.rtl.logic;

import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;

/** Shifts by an amount known at run time. */
public final class Shift {
    private Shift() {}

    /** {@code value * 2^amount} in the width of {@code value}; the caller knows that it fits. */
    public static SInt left(SInt value, UInt amount) {
        SInt shifted = value;
        for (int bit = 0; bit < amount.width(); bit++) {
            int distance = 1 << bit;
            SInt moved = distance < value.width()
                    ? shifted.slice(value.width() - 1 - distance, 0).shl(distance)
                    : SInt.lit(0, value.width());
            shifted = Circuit.mux(amount.bit(bit), moved, shifted);
        }
        return shifted;
    }
}
