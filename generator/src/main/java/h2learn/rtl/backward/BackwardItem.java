package h2learn.rtl.backward;

import h2learn.hdl.Bits;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** What a backward lane is given at a time: the wanted channels of one group of one word of a point of the layer below. */
final class BackwardItem extends Bundle<BackwardItem> {
    /** Channels of the group to compute ds of, at least one. */
    final Bits mask;
    /** Which of them have an open window: all, where closed ones are skipped. */
    final Bits open;

    final UInt group;
    final UInt slot;
    /** Input block. */
    final UInt block;
    /** Trace word that ds goes to. */
    final UInt word;

    private BackwardItem(BackwardShape shape) {
        mask = field(Circuit.bits(shape.owned()));
        open = field(Circuit.bits(shape.owned()));
        group = field(Circuit.uint(shape.groupBits()));
        slot = field(Circuit.uint(shape.slotBits()));
        block = field(Circuit.uint(shape.weightBlockBits()));
        word = field(Circuit.uint(shape.traceBits()));
    }

    static Type<BackwardItem> type(BackwardShape shape) {
        return Bundle.type(() -> new BackwardItem(shape));
    }
}
