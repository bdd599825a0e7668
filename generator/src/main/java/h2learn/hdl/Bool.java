package h2learn.hdl;

import spinal.core.*;

public final class Bool extends Signal<Bool> {
  public static final Type<Bool> TYPE = new Type<Bool>() {
    public Bool create() { return new Bool(package$.MODULE$.Bool()); }
    public Bool wrap(Data d) { return new Bool((spinal.core.Bool) d); }
  };
  final spinal.core.Bool raw;
  Bool(spinal.core.Bool raw) { this.raw = raw; }
  @Override public spinal.core.Bool spinal() { return raw; }
  @Override public Type<Bool> type() { return TYPE; }
  public static Bool lit(boolean v) { return new Bool(package$.MODULE$.Bool(v, Sc.loc())); }
  public void assign(boolean v) { assign(lit(v)); }
  public Bool init(boolean v) { return init(lit(v)); }
  public Bool and(Bool b) { return new Bool(raw.$amp$amp(b.raw)); }
  public Bool or(Bool b) { return new Bool(raw.$bar$bar(b.raw)); }
  public Bool xor(Bool b) { return new Bool(raw.$up(b.raw)); }
  public Bool not() { return new Bool(raw.unary_$bang()); }
  public Bool rise() { return new Bool(raw.rise(package$.MODULE$.False(Sc.loc()))); }
  public Bits cat(Signal<?> low) { return asBits().cat(low); }
  public UInt asUInt() { return new UInt(raw.asUInt()); }
  /** this ? t : f */
  @SuppressWarnings("unchecked") public <T extends Signal<T>> T mux(T t, T f) {
    return t.type().wrap(Mux$.MODULE$.apply(raw, t.spinal(), f.spinal()));
  }
}
