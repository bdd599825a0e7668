package h2learn.hdl;

import spinal.core.*;

/** A typed handle on a SpinalHDL signal. S is the concrete handle type. */
public abstract class Signal<S extends Signal<S>> {
  /** The underlying SpinalHDL object (escape hatch). */
  public abstract Data spinal();
  public abstract Type<S> type();

  @SuppressWarnings("unchecked") private S self() { return (S) this; }
  /** Spinal's := */
  public void assign(S rhs) { new DataPimper<Data>(spinal()).$colon$eq(rhs.spinal(), Sc.loc()); }
  /** Spinal's <> (direction-driven connection of bundles). */
  public void connect(S that) { new DataPimper<Data>(spinal()).$less$greater(that.spinal(), Sc.loc()); }
  public Bool eq(S b) { return new Bool(spinal().isEqualTo(b.spinal())); }
  public Bool ne(S b) { return new Bool(spinal().isNotEqualTo(b.spinal())); }
  public S init(S v) { new DataPimper<Data>(spinal()).init(v.spinal()); return self(); }
  /** Fixed, user-given name (wins over field names). */
  public S named(String n) { spinal().setName(n); return self(); }
  /** Weak name: used unless something better is known; made unique when it collides. */
  public S hint(String n) { spinal().setName(n, true); return self(); }
  public Bits asBits() { return new Bits(spinal().asBits()); }
  public void assignFromBits(Bits b) { spinal().assignFromBits(b.raw); }
  public int width() { return spinal().getBitsWidth(); }
  public S keep() { spinal().dontSimplifyIt(); return self(); }
  public S allowPruning() { spinal().allowPruning(); return self(); }
  public S allowOverride() { spinal().allowOverride(); return self(); }
  public S attribute(String name, String value) { ((SpinalTagReady) spinal()).addAttribute(name, value); return self(); }
  @Override public String toString() { return getClass().getSimpleName() + "(" + spinal().getName() + ")"; }
  /** Partial assignment of bits hi..lo. */
  public void assignBits(int hi, int lo, Bits b) { spinal().assignFromBits(b.raw, hi, lo); }
}
