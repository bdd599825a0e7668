package h2learn.hdl;
import h2learn.number.FixedFormat;
public final class Fixed {
  public record Rounded(SInt value, Bool saturated) {}
  private final SInt v; private final int f;
  private Fixed(SInt v, int f) { this.v = v; this.f = f; }
  public static Fixed of(SInt v, int f) { return new Fixed(v, f); }
  public SInt value() { return v; }
  public Fixed roundedShiftRight(int n) {
    if (n == 0) return this;
    int w = v.width();
    SInt floor = v.shr(n);
    Bool half = v.bit(n - 1);
    Bool sticky = n > 1 ? v.slice(n - 2, 0).asBits().orR() : Bool.lit(false);
    Bool up = half.and(sticky.or(floor.bit(0)));
    return new Fixed(floor.resize(floor.width() + 1).add(up.asUInt().toSInt().resize(floor.width() + 1)), 0);
  }
  public Fixed roundedShiftRight(UInt n) {
    int w = v.width();
    SInt floor = v; Bits below = Bits.lit(0, w); 
    // mask of bits below the shift
    java.util.List<Bool> mask = new java.util.ArrayList<>();
    for (int i = 0; i < w; i++) { mask.add(i < (1 << n.width()) ? n.gt(i < (1 << n.width()) ? i : 0) : Bool.lit(false)); }
    Bits m = Bits.concat(mask);
    Bits dropped = v.asBits().and(m);
    Bits halfMask = m.xor(m.shr(1).resize(w));
    Bool half = dropped.and(halfMask).orR();
    Bool sticky = dropped.and(m.shr(1).resize(w)).orR();
    for (int b = 0; b < n.width(); b++) { SInt moved = (1 << b) < w ? floor.shrKeep(1 << b) : floor.shrKeep(w - 1); floor = Circuit.mux(n.bit(b), moved, floor); }
    Bool up = half.and(sticky.or(floor.bit(0)));
    return new Fixed(floor.resize(w + 1).add(up.asUInt().toSInt().resize(w + 1)), 0);
  }
  public Rounded saturate(int bits) {
    int w = v.width();
    if (w <= bits) return new Rounded(v.resize(bits), Bool.lit(false));
    Bits top = v.slice(w - 1, bits - 1).asBits();
    Bool fits = top.andR().or(top.orR().not());
    java.math.BigInteger max = java.math.BigInteger.ONE.shiftLeft(bits - 1).subtract(java.math.BigInteger.ONE);
    SInt lim = Circuit.mux(v.msb(), SInt.lit(max.not(), bits), SInt.lit(max, bits));
    return new Rounded(Circuit.mux(fits, v.resize(bits), lim), fits.not());
  }
  public Rounded roundTo(FixedFormat t) { return roundedShiftRight(f - t.fractionBits()).saturate(t.bits()); }
}
