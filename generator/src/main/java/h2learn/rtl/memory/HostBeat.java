package h2learn.rtl.memory;

import h2learn.hdl.Bits;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.OneOf;
import java.util.List;

/** Picks the beat that the host asked for out of a word that arrives one cycle after the request. */
final class HostBeat {
    private HostBeat() {}

    static Bits select(HostPort host, List<Bits> beats, int beatIndexBits) {
        if (beatIndexBits == 0) {
            return beats.get(0);
        }
        UInt index = Circuit.regNext(host.address.slice(beatIndexBits - 1, 0)).hint("hostBeat");
        return OneOf.select(index, beats);
    }
}
