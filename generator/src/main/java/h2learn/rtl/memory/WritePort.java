package h2learn.rtl.memory;

import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import java.util.List;

/** Writes one whole word in each cycle with {@code enable}. */
public final class WritePort extends Bundle<WritePort> {
    public final Bool enable = field(Circuit.bool());
    public final UInt address;
    /** One element a beat of the layout. */
    public final Vec<Bits> data;

    private final WordLayout layout;

    private WritePort(WordLayout layout, int addressBits) {
        this.layout = layout;
        address = field(Circuit.uint(addressBits));
        data = field(Circuit.vec(Circuit.bits(layout.beatBits()), layout.beats()));
    }

    public static Type<WritePort> type(WordLayout layout, int words) {
        return Bundle.type(() -> new WritePort(layout, Words.addressBits(words)));
    }

    @Override
    public void asMaster() {
        output(enable, address, data);
    }

    /** Writes the word of these elements, lane 0 first, in a cycle in which {@code condition} holds. */
    public void write(Bool condition, UInt word, List<Bits> elements) {
        enable.assign(condition);
        address.assign(word.resize(address.width()));
        List<Bits> beats = Words.assemble(layout, elements);
        for (int beat = 0; beat < beats.size(); beat++) {
            data.get(beat).assign(beats.get(beat));
        }
    }
}
