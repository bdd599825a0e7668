package h2learn.hdl;

import java.math.BigInteger;
import spinal.core.*;

public final class Bits extends Signal<Bits> {
  public static Type<Bits> type(int w) {
    return new Type<Bits>() {
      public Bits create() { return new Bits(package$.MODULE$.Bits(Sc.bits(w))); }
      public Bits wrap(Data d) { return new Bits((spinal.core.Bits) d); }
    };
  }
  final spinal.core.Bits raw;
  Bits(spinal.core.Bits raw) { this.raw = raw; }
  @Override public spinal.core.Bits spinal() { return raw; }
  @Override public Type<Bits> type() { return type(raw.getWidth()); }
  public static Bits lit(BigInteger v, int w) { return new Bits(B$.MODULE$.apply(Sc.big(v), Sc.bits(w))); }
  public static Bits lit(long v, int w) { return lit(BigInteger.valueOf(v), w); }
  public void assign(long v) { assign(lit(v, raw.getWidth())); }
  public Bits init(long v) { return init(lit(v, raw.getWidth())); }
  /** Element 0 in the low bits. */
  public static Bits concat(java.util.List<? extends Signal<?>> lowFirst) {
    if (lowFirst.size() == 1) return lowFirst.get(0).asBits();
    int half = lowFirst.size() / 2;
    return concat(lowFirst.subList(half, lowFirst.size())).cat(concat(lowFirst.subList(0, half)));
  }
  public Bits and(Bits b) { return new Bits(raw.$amp(b.raw)); }
  public Bits or(Bits b) { return new Bits(raw.$bar(b.raw)); }
  public Bits xor(Bits b) { return new Bits(raw.$up(b.raw)); }
  public Bits not() { return new Bits(raw.unary_$tilde()); }
  /** this is the high part. */
  public Bits cat(Signal<?> low) { return new Bits(raw.$hash$hash(low.spinal())); }
  public Bool bit(int i) { return new Bool(raw.apply(i)); }
  public Bool bit(UInt i) { return new Bool(raw.apply(i.raw)); }
  public Bits slice(int hi, int lo) { return new Bits(raw.apply(lo, Sc.bits(hi - lo + 1))); }
  public Bits slice(UInt lo, int width) { return new Bits(raw.apply(lo.raw, Sc.bits(width))); }
  public Bool eq(long v) { return eq(lit(v, raw.getWidth())); }
  public Bits shl(int n) { return new Bits(raw.$less$less(n)); }
  public Bits shr(int n) { return new Bits(raw.$greater$greater(n)); }
  public Bits resize(int w) { return new Bits(raw.resize(w)); }
  public Bool orR() { return new Bool(raw.orR()); }
  public Bool andR() { return new Bool(raw.andR()); }
  public Bool xorR() { return new Bool(raw.xorR()); }
  public UInt asUInt() { return new UInt(raw.asUInt()); }
  public SInt asSInt() { return new SInt(raw.asSInt()); }
}
