package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** Writes one element of a word in each cycle with {@code enable}. */
public final class ElementWrite extends Bundle<ElementWrite> {
    public final Bool enable = field(Circuit.bool());
    public final UInt address;
    /** Which of the elements that this writer owns. */
    public final UInt element;

    public final Bits data;

    private ElementWrite(int addressBits, int elements, int elementBits) {
        address = field(Circuit.uint(addressBits));
        element = field(Circuit.uint(Math.max(1, AcceleratorConfig.ceilLog2(elements))));
        data = field(Circuit.bits(elementBits));
    }

    public static Type<ElementWrite> type(int addressBits, int elements, int elementBits) {
        return Bundle.type(() -> new ElementWrite(addressBits, elements, elementBits));
    }

    @Override
    public void asMaster() {
        output(enable, address, element, data);
    }
}
