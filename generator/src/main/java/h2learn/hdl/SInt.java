package h2learn.hdl;

import java.math.BigInteger;
import spinal.core.*;

public final class SInt extends Signal<SInt> {
  public static Type<SInt> type(int w) {
    return new Type<SInt>() {
      public SInt create() { return new SInt(package$.MODULE$.SInt(Sc.bits(w))); }
      public SInt wrap(Data d) { return new SInt((spinal.core.SInt) d); }
    };
  }
  final spinal.core.SInt raw;
  SInt(spinal.core.SInt raw) { this.raw = raw; }
  @Override public spinal.core.SInt spinal() { return raw; }
  @Override public Type<SInt> type() { return type(raw.getWidth()); }
  public static SInt lit(BigInteger v, int w) { return new SInt(S$.MODULE$.apply(Sc.big(v), Sc.bits(w))); }
  public static SInt lit(long v, int w) { return lit(BigInteger.valueOf(v), w); }
  private SInt k(long v) { return lit(v, raw.getWidth()); }
  public void assign(long v) { assign(k(v)); }
  public SInt init(long v) { return init(k(v)); }
  /** Same-width (wrapping) arithmetic. */
  public SInt add(SInt b) { return new SInt(raw.$plus(b.raw)); }
  public SInt add(long v) { return add(k(v)); }
  public SInt sub(SInt b) { return new SInt(raw.$minus(b.raw)); }
  public SInt sub(long v) { return sub(k(v)); }
  /** Full-width product (width = sum of widths). */
  public SInt mul(SInt b) { return new SInt(raw.$times(b.raw)); }
  /** Widening (+^, -^) and saturating (+|, -|) forms. */
  public SInt addWide(SInt b) { return new SInt(raw.$plus$up(b.raw)); }
  public SInt subWide(SInt b) { return new SInt(raw.$minus$up(b.raw)); }
  public SInt addSat(SInt b) { return new SInt(raw.$plus$bar(b.raw)); }
  public SInt subSat(SInt b) { return new SInt(raw.$minus$bar(b.raw)); }
  /** Drop the m highest bits with saturation. */
  public SInt sat(int m) { return new SInt(raw.sat(m)); }
  public SInt saturateTo(int w) { return raw.getWidth() <= w ? resize(w) : sat(raw.getWidth() - w); }
  /** Drop the n lowest bits, rounding half up (no growth when align). */
  public SInt round(int n) { return new SInt(raw.roundToInf(n, true)); }
  public Bool lt(SInt b) { return new Bool(raw.$less(b.raw)); }
  public Bool le(SInt b) { return new Bool(raw.$less$eq(b.raw)); }
  public Bool gt(SInt b) { return new Bool(raw.$greater(b.raw)); }
  public Bool ge(SInt b) { return new Bool(raw.$greater$eq(b.raw)); }
  public Bool eq(long v) { return eq(k(v)); }
  public Bool ne(long v) { return ne(k(v)); }
  public Bool lt(long v) { return lt(k(v)); }
  public Bool ge(long v) { return ge(k(v)); }
  public static SInt sum(java.util.List<SInt> v) {
    if (v.size() == 1) return v.get(0);
    int half = (v.size() + 1) / 2;
    return sum(v.subList(0, half)).addWide(sum(v.subList(half, v.size())));
  }
  public SInt and(SInt b) { return new SInt(raw.$amp(b.raw)); }
  public SInt or(SInt b) { return new SInt(raw.$bar(b.raw)); }
  public SInt xor(SInt b) { return new SInt(raw.$up(b.raw)); }
  public SInt not() { return new SInt(raw.unary_$tilde()); }
  /** Constant shifts: shl grows by n, shr shrinks by n. */
  public SInt shl(int n) { return new SInt(raw.$less$less(n)); }
  public SInt shr(int n) { return slice(raw.getWidth() - 1, n); }   // raw >> n emits a width-truncating assign (Verilator WIDTH)
  public SInt shl(UInt n) { return new SInt(raw.$less$less(n.raw)); }
  public SInt shr(UInt n) { return new SInt(raw.$greater$greater(n.raw)); }
  /** Same-width constant shifts. */
  public SInt shlKeep(int n) { return new SInt(raw.$bar$less$less(n)); }
  public SInt shrKeep(int n) { return new SInt(raw.$bar$greater$greater(n)); }
  public Bool bit(int i) { return new Bool(raw.apply(i)); }
  public Bool bit(UInt i) { return new Bool(raw.apply(i.raw)); }
  public Bool msb() { return new Bool(raw.msb()); }
  public SInt slice(int hi, int lo) { return new SInt(raw.apply(lo, Sc.bits(hi - lo + 1))); }
  public Bits cat(Signal<?> low) { return new Bits(raw.$hash$hash(low.spinal())); }
  public SInt resize(int w) { return new SInt(raw.resize(w)); }
  public SInt neg() { return new SInt(raw.unary_$minus()); }
  public UInt asUInt() { return new UInt(raw.asUInt()); }
}
