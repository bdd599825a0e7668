package h2learn.rtl.memory;

import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;

/** Asks a memory for a word; the data are there one cycle after {@code enable} and stay until the next read. */
public final class ReadPort extends Bundle<ReadPort> {
    public final Bool enable = field(Circuit.bool());
    public final UInt address;
    /** One element a beat of the layout. */
    public final Vec<Bits> data;

    private ReadPort(WordLayout layout, int addressBits) {
        address = field(Circuit.uint(addressBits));
        data = field(Circuit.vec(Circuit.bits(layout.beatBits()), layout.beats()));
    }

    public static Type<ReadPort> type(WordLayout layout, int words) {
        return Bundle.type(() -> new ReadPort(layout, Words.addressBits(words)));
    }

    @Override
    public void asMaster() {
        output(enable, address);
        input(data);
    }

    /** Reads one word in a cycle in which {@code condition} holds. */
    public void read(Bool condition, UInt word) {
        enable.assign(condition);
        address.assign(word.resize(address.width()));
    }
}
