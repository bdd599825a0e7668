package h2learn.rtl.memory;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;

/**
 * Reads a group of beats for the host or STORE, in a cycle with {@code enable} and {@code ready}; the memory is not ready
 * while an engine reads. The data are there in the next cycle, and only then.
 */
public final class BeatRead extends Bundle<BeatRead> {
    public final Bool enable = field(Circuit.bool());
    public final Bool ready = field(Circuit.bool());
    /** See {@link BeatGroup}. */
    public final UInt address;

    public final Vec<Bits> data;

    private BeatRead(BeatGroup group) {
        address = field(Circuit.uint(group.addressBits()));
        data = field(Circuit.vec(Circuit.bits(group.layout().beatBits()), group.beats()));
    }

    public static Type<BeatRead> type(BeatGroup group) {
        return Bundle.type(() -> new BeatRead(group));
    }

    @Override
    public void asMaster() {
        output(enable, address);
        input(ready, data);
    }
}
