package h2learn.hdl;

import java.math.BigInteger;
import spinal.core.*;

public final class UInt extends Signal<UInt> {
  public static Type<UInt> type(int w) {
    return new Type<UInt>() {
      public UInt create() { return new UInt(package$.MODULE$.UInt(Sc.bits(w))); }
      public UInt wrap(Data d) { return new UInt((spinal.core.UInt) d); }
    };
  }
  final spinal.core.UInt raw;
  UInt(spinal.core.UInt raw) { this.raw = raw; }
  @Override public spinal.core.UInt spinal() { return raw; }
  @Override public Type<UInt> type() { return type(raw.getWidth()); }
  public static UInt lit(BigInteger v, int w) { return new UInt(U$.MODULE$.apply(Sc.big(v), Sc.bits(w))); }
  public static UInt lit(long v, int w) { return lit(BigInteger.valueOf(v), w); }
  private UInt k(long v) { return lit(v, raw.getWidth()); }
  public void assign(long v) { assign(k(v)); }
  public UInt init(long v) { return init(k(v)); }
  /** Same-width (wrapping) arithmetic. */
  public UInt add(UInt b) { return new UInt(raw.$plus(b.raw)); }
  public UInt add(long v) { return add(k(v)); }
  public UInt sub(UInt b) { return new UInt(raw.$minus(b.raw)); }
  public UInt sub(long v) { return sub(k(v)); }
  /** Full-width product (width = sum of widths). */
  public UInt mul(UInt b) { return new UInt(raw.$times(b.raw)); }
  /** Widening (+^, -^) and saturating (+|, -|) forms. */
  public UInt addWide(UInt b) { return new UInt(raw.$plus$up(b.raw)); }
  public UInt subWide(UInt b) { return new UInt(raw.$minus$up(b.raw)); }
  public UInt addSat(UInt b) { return new UInt(raw.$plus$bar(b.raw)); }
  public UInt subSat(UInt b) { return new UInt(raw.$minus$bar(b.raw)); }
  /** Drop the m highest bits with saturation. */
  public UInt sat(int m) { return new UInt(raw.sat(m)); }
  public UInt saturateTo(int w) { return raw.getWidth() <= w ? resize(w) : sat(raw.getWidth() - w); }
  /** Drop the n lowest bits, rounding half up (no growth when align). */
  public UInt round(int n) { return new UInt(raw.roundToInf(n, true)); }
  public Bool lt(UInt b) { return new Bool(raw.$less(b.raw)); }
  public Bool le(UInt b) { return new Bool(raw.$less$eq(b.raw)); }
  public Bool gt(UInt b) { return new Bool(raw.$greater(b.raw)); }
  public Bool ge(UInt b) { return new Bool(raw.$greater$eq(b.raw)); }
  public Bool eq(long v) { return eq(k(v)); }
  public Bool ne(long v) { return ne(k(v)); }
  public Bool gt(long v) { return gt(k(v)); }
  public Bool le(long v) { return le(k(v)); }
  public Bool lt(long v) { return lt(k(v)); }
  public Bool ge(long v) { return ge(k(v)); }
  public UInt and(UInt b) { return new UInt(raw.$amp(b.raw)); }
  public UInt or(UInt b) { return new UInt(raw.$bar(b.raw)); }
  public UInt xor(UInt b) { return new UInt(raw.$up(b.raw)); }
  public UInt not() { return new UInt(raw.unary_$tilde()); }
  /** Constant shifts: shl grows by n, shr shrinks by n. */
  public UInt shl(int n) { return new UInt(raw.$less$less(n)); }
  public UInt shr(int n) { return slice(raw.getWidth() - 1, n); }   // raw >> n emits a width-truncating assign (Verilator WIDTH)
  public UInt shl(UInt n) { return new UInt(raw.$less$less(n.raw)); }
  public UInt shr(UInt n) { return new UInt(raw.$greater$greater(n.raw)); }
  /** Same-width constant shifts. */
  public UInt shlKeep(int n) { return new UInt(raw.$bar$less$less(n)); }
  public UInt shrKeep(int n) { return new UInt(raw.$bar$greater$greater(n)); }
  public Bool bit(int i) { return new Bool(raw.apply(i)); }
  public Bool bit(UInt i) { return new Bool(raw.apply(i.raw)); }
  public Bool msb() { return new Bool(raw.msb()); }
  public UInt slice(int hi, int lo) { return new UInt(raw.apply(lo, Sc.bits(hi - lo + 1))); }
  public Bits cat(Signal<?> low) { return new Bits(raw.$hash$hash(low.spinal())); }
  public UInt resize(int w) { return new UInt(raw.resize(w)); }
  public SInt asSInt() { return new SInt(raw.asSInt()); }
  /** Adds a sign bit: value-preserving. */
  public SInt toSInt() { return new SInt(raw.intoSInt()); }
}
