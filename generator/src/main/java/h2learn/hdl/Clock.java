package h2learn.hdl;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import spinal.core.ASYNC$;
import spinal.core.BOOT$;
import spinal.core.ClockDomain;
import spinal.core.ClockDomain$;
import spinal.core.ClockDomainConfig;
import spinal.core.HIGH$;
import spinal.core.LOW$;
import spinal.core.Polarity;
import spinal.core.RISING$;
import spinal.core.ResetKind;
import spinal.core.SYNC$;

/** A clock with its reset and clock enable; registers belong to the clock in whose scope they are created. */
public final class Clock {
    /** How registers are reset. */
    public enum Reset {
        SYNC_HIGH,
        SYNC_LOW,
        ASYNC_HIGH,
        ASYNC_LOW,
        /** No reset: {@code init} becomes a Verilog initial value. */
        NONE
    }

    private final ClockDomain raw;

    private Clock(ClockDomain raw) {
        this.raw = raw;
    }

    static ClockDomainConfig config(Reset reset) {
        ResetKind kind =
                switch (reset) {
                    case SYNC_HIGH, SYNC_LOW -> SYNC$.MODULE$;
                    case ASYNC_HIGH, ASYNC_LOW -> ASYNC$.MODULE$;
                    case NONE -> BOOT$.MODULE$;
                };
        boolean low = reset == Reset.SYNC_LOW || reset == Reset.ASYNC_LOW;
        Polarity polarity = low ? LOW$.MODULE$ : HIGH$.MODULE$;
        return new ClockDomainConfig(RISING$.MODULE$, kind, polarity, HIGH$.MODULE$, HIGH$.MODULE$);
    }

    /** A clock without reset: registers take their {@code init} as initial value. */
    public static Clock of(Bool clock) {
        return create(clock, null, null, Reset.NONE);
    }

    public static Clock of(Bool clock, Bool reset, Reset kind) {
        return create(clock, reset, null, kind);
    }

    /** A clock whose registers change only while {@code enable} is true. */
    public static Clock of(Bool clock, Bool reset, Bool enable, Reset kind) {
        return create(clock, reset, enable, kind);
    }

    private static Clock create(Bool clock, @Nullable Bool reset, @Nullable Bool enable, Reset kind) {
        ClockDomain$ domains = ClockDomain$.MODULE$;
        return new Clock(domains.apply(
                clock.raw,
                reset == null ? null : reset.raw,
                domains.apply$default$3(),
                domains.apply$default$4(),
                enable == null ? null : enable.raw,
                config(kind),
                domains.apply$default$7(),
                domains.apply$default$8()));
    }

    /** The same clock with another reset, synchronous and active high: for a part that can be reset by itself. */
    public Clock withReset(Bool reset) {
        return of(new Bool(raw.clock()), reset, Reset.SYNC_HIGH);
    }

    /** The clock in whose scope the running code stands. */
    public static Clock current() {
        Elaboration.require();
        return new Clock(ClockDomain$.MODULE$.current());
    }

    /** Creates hardware in this clock's scope. */
    public <T> T in(Supplier<T> body) {
        return raw.apply(body::get);
    }

    /** Creates hardware in this clock's scope. */
    public void run(Runnable body) {
        raw.apply(Interop.unit(body));
    }

    /** The reset signal, as it stands: active low where the kind says so. */
    public Bool reset() {
        return new Bool(raw.readResetWire());
    }
}
