package h2learn.rtl.bus;

import h2learn.contract.Engine;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/** The four 64-bit performance counters of one engine; what they count stands in {@link Engine}. */
public final class EngineCounters extends Circuit {
    public final Bool clear = in(bool());
    public final Bool isBusy = in(bool());
    public final UInt usefulNow;
    public final Bool itemNow = in(bool());
    public final Bool skippedNow = in(bool());

    public final UInt busy = outReg(uint(64)).init(0);
    public final UInt useful = outReg(uint(64)).init(0);
    public final UInt items = outReg(uint(64)).init(0);
    public final UInt skipped = outReg(uint(64)).init(0);

    /** @param usefulBits width of the number of useful things done in a cycle */
    public EngineCounters(int usefulBits) {
        moduleName("EngineCounters_U" + usefulBits);
        usefulNow = in(uint(usefulBits));
        count(busy, isBusy.asUInt());
        count(useful, usefulNow);
        count(items, itemNow.asUInt());
        count(skipped, skippedNow.asUInt());
    }

    private void count(UInt counter, UInt increment) {
        counter.assign(counter.add(increment.resize(64)));
        when(clear, () -> counter.assign(0));
    }
}
