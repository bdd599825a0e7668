package h2learn.hdl;

import java.util.function.Supplier;
import spinal.core.Data;

/** Group of named signals; the fields of the Java class are its elements, in declaration order. */
public abstract class Bundle<B extends Bundle<B>> extends Signal<B> {
  static final class Raw extends spinal.core.Bundle {
    final Bundle<?> owner;
    Raw(Bundle<?> owner) { this.owner = owner; }
    @Override public spinal.core.Bundle clone() {
      if (owner.type == null) throw new IllegalStateException(owner.getClass() + " must be created through Bundle.type(() -> new ...)");
      return (Raw) owner.type.create().spinal();
    }
    @Override public String getTypeString() { return owner.getClass().getSimpleName(); }
  }
  private final Raw raw = new Raw(this);
  private boolean closed;
  private Type<B> type;
  public static <B extends Bundle<B>> Type<B> type(Supplier<B> make) {
    return new Type<B>() {
      public B create() { B b = make.get(); ((Bundle<B>) b).type = this; return b; }
      @SuppressWarnings("unchecked") public B wrap(Data raw) { return (B) ((Raw) raw).owner; }
    };
  }
  protected static <T extends Signal<?>> T element(Type<T> t) { return t.create(); }
  /** Elements are registered (by reflection) the first time the bundle is used. */
  @Override public spinal.core.Bundle spinal() {
    if (!closed) { closed = true; Names.fields(this, Bundle.class, (n, d) -> raw.valCallback(d, n)); }
    return raw;
  }
  @Override public Type<B> type() { return type; }
  /** Directions seen from the master: call output(...) and input(...) here. */
  public void asMaster() { throw new UnsupportedOperationException(getClass().getName() + " has no directions"); }
  protected static void output(Signal<?>... s) { for (Signal<?> x : s) x.spinal().asOutput(); }
  protected static void input(Signal<?>... s) { for (Signal<?> x : s) x.spinal().asInput(); }
}
