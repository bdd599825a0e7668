package h2learn.emit;

import h2learn.contract.Engine;
import h2learn.contract.Register;

/** The four 64-bit counters of an engine, in the order in which they stand in the COUNTERS registers. */
enum Counter {
    BUSY,
    USEFUL,
    ITEMS,
    SKIPPED;

    /** Byte address of the low word; the high word follows. */
    int offset(Engine engine) {
        return Register.COUNTERS.offset(2 * (values().length * engine.ordinal() + ordinal()));
    }

    String meaning(Engine engine) {
        return switch (this) {
            case BUSY -> "cycles in which it runs";
            case USEFUL -> engine.useful();
            case ITEMS -> engine.items();
            case SKIPPED -> engine.skipped();
        };
    }
}
