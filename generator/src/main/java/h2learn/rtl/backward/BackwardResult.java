package h2learn.rtl.backward;

import h2learn.hdl.Bits;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** One ds: channel {@code element * B + group} of trace word {@code word}. */
final class BackwardResult extends Bundle<BackwardResult> {
    final UInt group;
    final UInt element;
    final UInt word;
    final Bits data;

    private BackwardResult(BackwardShape shape) {
        group = field(Circuit.uint(shape.groupBits()));
        element = field(Circuit.uint(shape.ownedBits()));
        word = field(Circuit.uint(shape.traceBits()));
        data = field(Circuit.bits(shape.gradientBits()));
    }

    static Type<BackwardResult> type(BackwardShape shape) {
        return Bundle.type(() -> new BackwardResult(shape));
    }
}
