package h2learn.rtl.memory;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;

/**
 * Writes beats of a group for the host or LOAD, in a cycle with {@code enable} and {@code ready}; the memory is not ready
 * while an engine writes.
 */
public final class BeatWrite extends Bundle<BeatWrite> {
    public final Bool enable = field(Circuit.bool());
    public final Bool ready = field(Circuit.bool());
    /** See {@link BeatGroup}. */
    public final UInt address;
    /** One bit a beat of the group. */
    public final Bits mask;

    public final Vec<Bits> data;

    private BeatWrite(BeatGroup group) {
        address = field(Circuit.uint(group.addressBits()));
        mask = field(Circuit.bits(group.beats()));
        data = field(Circuit.vec(Circuit.bits(group.layout().beatBits()), group.beats()));
    }

    public static Type<BeatWrite> type(BeatGroup group) {
        return Bundle.type(() -> new BeatWrite(group));
    }

    @Override
    public void asMaster() {
        output(enable, address, mask, data);
        input(ready);
    }
}
