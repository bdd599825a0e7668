package h2learn.hdl;
import java.util.function.Supplier;
import spinal.core.*;
public final class Clock {
  public enum Reset { SYNC_HIGH, SYNC_LOW, ASYNC_HIGH, ASYNC_LOW, NONE }
  final ClockDomain raw;
  private Clock(ClockDomain r) { raw = r; }
  static ClockDomainConfig config(Reset r) {
    ResetKind k = switch (r) { case SYNC_HIGH, SYNC_LOW -> SYNC$.MODULE$; case ASYNC_HIGH, ASYNC_LOW -> ASYNC$.MODULE$; case NONE -> BOOT$.MODULE$; };
    Polarity p = r == Reset.SYNC_LOW || r == Reset.ASYNC_LOW ? LOW$.MODULE$ : HIGH$.MODULE$;
    return new ClockDomainConfig(RISING$.MODULE$, k, p, HIGH$.MODULE$, HIGH$.MODULE$);
  }
  public static Clock of(Bool clk, Bool reset, Reset kind) { return of(clk, reset, null, kind); }
  public static Clock of(Bool clk, Bool reset, Bool enable, Reset kind) {
    ClockDomain$ m = ClockDomain$.MODULE$;
    return new Clock(m.apply(clk.raw, reset == null ? null : reset.raw, m.apply$default$3(), m.apply$default$4(), enable == null ? null : enable.raw, config(kind), m.apply$default$7(), m.apply$default$8()));
  }
  public static Clock current() { return new Clock(ClockDomain$.MODULE$.current()); }
  public Clock withReset(Bool reset) { return of(new Bool(raw.clock()), reset, Reset.SYNC_HIGH); }
  public <T> T in(Supplier<T> body) { return raw.apply(() -> body.get()); }
  public void run(Runnable body) { raw.apply(Sc.unit(body)); }
  public Bool reset() { return new Bool(raw.readResetWire()); }
}
