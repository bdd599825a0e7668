package h2learn.rtl.lut;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/**
 * Steps through the 2^G entries of a table in Gray-code order: from one entry to the next a single input changes, so one
 * addition or subtraction makes the next sum. Takes 2^G cycles; shared by all tables of all lanes.
 */
public final class TableFill extends Circuit {
    /** Holds while rows are there to be filled in; falls only after {@code done}. */
    public final Bool request = in(bool());
    /** The first entry, that of no input: the running sum starts at 0. */
    public final Bool first = out(bool());
    /** An entry is written in this cycle. */
    public final Bool write = out(bool());
    /** Entry that is written. */
    public final UInt entry;
    /** Input that changed. */
    public final UInt changed;
    /** Whether that input came in (add its value) or went (subtract it). */
    public final Bool cameIn = out(bool());
    /** The last entry is written in this cycle. */
    public final Bool done = out(bool());

    final UInt step;

    /** @param inputs G, 1..8 */
    public TableFill(int inputs) {
        moduleName("TableFill_G" + inputs);
        entry = out(uint(inputs));
        changed = out(uint(Math.max(1, AcceleratorConfig.ceilLog2(inputs))));
        step = reg(uint(inputs)).init(0);
        write.assign(request);
        first.assign(step.eq(0));
        done.assign(request.and(step.eq((1 << inputs) - 1)));
        when(request, () -> step.assign(step.add(1)));
        UInt gray = inputs == 1 ? step : step.xor(step.shr(1).resize(inputs));
        entry.assign(gray);
        // The input that changes at step k is the number of trailing zeros of k.
        UInt position = UInt.lit(0, changed.width());
        Bool value = gray.bit(0);
        for (int bit = inputs - 1; bit >= 0; bit--) {
            position = mux(step.bit(bit), UInt.lit(bit, changed.width()), position);
            value = bit == inputs - 1 ? gray.bit(bit) : mux(step.bit(bit), gray.bit(bit), value);
        }
        changed.assign(position);
        cameIn.assign(value);
    }
}
