package h2learn.rtl.command;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/** Counts the cycles in which something is to be done and nothing moves, and fires at the limit. */
public final class Watchdog extends Circuit {
    /** The register WATCHDOG; 0 switches it off. */
    public final UInt limit = in(uint(32));

    public final Bool busy = in(bool());
    /** Something moved in this cycle. */
    public final Bool progress = in(bool());

    public final Bool fired = out(bool());

    final UInt idle = reg(uint(32)).init(0);

    public Watchdog() {
        moduleName("Watchdog");
        when(progress.or(busy.not()), () -> idle.assign(0)).otherwise(() -> idle.assign(idle.add(1)));
        fired.assign(limit.ne(0).and(busy, idle.ge(limit)));
    }
}
