package h2learn.rtl.backward;

import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** A multiplication on its way through a lane: which ds it belongs to, and where in its sum it stands. */
final class BackwardTerm extends Bundle<BackwardTerm> {
    final UInt group;
    final UInt element;
    final UInt word;
    /** The channel's window is open. */
    final Bool open = field(Circuit.bool());

    final Bool first = field(Circuit.bool());
    final Bool last = field(Circuit.bool());

    private BackwardTerm(BackwardShape shape) {
        group = field(Circuit.uint(shape.groupBits()));
        element = field(Circuit.uint(shape.ownedBits()));
        word = field(Circuit.uint(shape.traceBits()));
    }

    static Type<BackwardTerm> type(BackwardShape shape) {
        return Bundle.type(() -> new BackwardTerm(shape));
    }
}
