package h2learn.hdl;
import java.math.BigInteger;
import java.util.*;
import spinal.core.*;
public final class Mem<T extends Signal<T>> implements Named {
  private final spinal.core.Mem<Data> raw; private final Type<T> type;
  Mem(Type<T> t, int words) { type = t; raw = Mem$.MODULE$.apply(t.<Data>hard(), words); }
  @Override public Object nameable() { return raw; }
  public spinal.core.Mem<Data> spinal() { return raw; }
  public T readAsync(UInt a) { return type.wrap(raw.readAsync(a.raw, dontCare$.MODULE$)); }
  public T readSync(UInt a) { return type.wrap(raw.readSync(a.raw, null, dontCare$.MODULE$, false)); }
  public T readSync(UInt a, Bool en) { return type.wrap(raw.readSync(a.raw, en.raw, dontCare$.MODULE$, false)); }
  public T readSyncReadFirst(UInt a, Bool en) { return type.wrap(raw.readSync(a.raw, en.raw, readFirst$.MODULE$, false)); }
  public void write(UInt a, T d, Bool en) { raw.write(a.raw, d.spinal(), en.raw, null); }
  /** Enabled by the enclosing when() blocks. */
  public void write(UInt a, T d) { raw.write(a.raw, d.spinal(), null, null); }
  public void write(UInt a, T d, Bool en, Bits mask) { raw.write(a.raw, d.spinal(), en.raw, mask.raw); }
  public T readWriteSync(UInt a, T d, Bool en, Bool we) { return type.wrap(raw.readWriteSync(a.raw, d.spinal(), en.raw, we.raw, null, dontCare$.MODULE$, false, dontCare$.MODULE$)); }
  public Mem<T> init(List<BigInteger> v) {
    List<scala.math.BigInt> l = new ArrayList<>(); for (BigInteger b : v) l.add(Sc.big(b));
    raw.initBigInt(Sc.seq(l), false); return this;
  }
  public Mem<T> attribute(String n, String v) { raw.addAttribute(n, v); return this; }
  public Mem<T> named(String n) { raw.setName(n); return this; }
}
