package h2learn.rtl.logic;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;

/** Delays of signals that say whether something happens. */
public final class Pipeline {
    private Pipeline() {}

    /** {@code event} so many cycles later; nothing is under way after a reset. */
    public static Bool valid(Bool event, int cycles) {
        Bool delayed = event;
        for (int cycle = 0; cycle < cycles; cycle++) {
            delayed = Circuit.regNext(delayed, Bool.lit(false));
        }
        return delayed;
    }
}
