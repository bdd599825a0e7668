package h2learn.hdl;

import org.jspecify.annotations.Nullable;
import spinal.core.ClockDomain$;
import spinal.core.HIGH$;

/** A module whose Verilog is not generated: its ports are declared here, its body comes from elsewhere. */
public abstract class BlackBox extends Circuit {
    protected BlackBox() {
        super(true);
    }

    private spinal.core.BlackBox box() {
        return (spinal.core.BlackBox) component;
    }

    protected final void parameter(String name, int value) {
        box().addGeneric(name, value);
    }

    protected final void parameter(String name, String value) {
        box().addGeneric(name, value);
    }

    /** Drives a clock port from the current clock. */
    protected final void mapClock(Bool clock) {
        map(clock, null);
    }

    /** Drives a clock and an active-high reset port from the current clock. */
    protected final void mapClock(Bool clock, Bool reset) {
        map(clock, reset);
    }

    private void map(Bool clock, @Nullable Bool reset) {
        box().mapClockDomain(
                        ClockDomain$.MODULE$.current(),
                        clock.raw,
                        reset == null ? null : reset.raw,
                        null,
                        HIGH$.MODULE$,
                        HIGH$.MODULE$);
    }

    /** The module's text, put into the output as it stands. */
    protected final void inlineVerilog(String text) {
        box().setInlineVerilog(text);
    }
}
