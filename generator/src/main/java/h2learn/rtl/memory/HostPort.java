package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** The host's access to one scratchpad, a beat at a time; only while no engine runs. Read data come a cycle later. */
public final class HostPort extends Bundle<HostPort> {
    public final Bool read = field(Circuit.bool());
    public final Bool write = field(Circuit.bool());
    /** Beat address: word * beats + beat. */
    public final UInt address;

    public final Bits writeData;
    public final Bits readData;

    private HostPort(int addressBits, int beatBits) {
        address = field(Circuit.uint(addressBits));
        writeData = field(Circuit.bits(beatBits));
        readData = field(Circuit.bits(beatBits));
    }

    public static Type<HostPort> type(WordLayout layout, int words) {
        int bits = Math.max(1, AcceleratorConfig.ceilLog2(words) + AcceleratorConfig.ceilLog2(layout.beats()));
        return Bundle.type(() -> new HostPort(bits, layout.beatBits()));
    }

    @Override
    public void asMaster() {
        output(read, write, address, writeData);
        input(readData);
    }

    /** The word that {@code address} lies in. */
    public UInt word(WordLayout layout) {
        int beatBits = AcceleratorConfig.ceilLog2(layout.beats());
        return address.slice(address.width() - 1, Math.min(beatBits, address.width() - 1));
    }
}
