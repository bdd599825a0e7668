package h2learn.hdl;

import java.util.*;
import spinal.core.*;

public final class Vec<T extends Signal<T>> extends Signal<Vec<T>> implements Iterable<T> {
  public static <T extends Signal<T>> Type<Vec<T>> type(Type<T> el, int n) {
    return new Type<Vec<T>>() {
      public Vec<T> create() {
        List<Data> raw = new ArrayList<>();
        for (int i = 0; i < n; i++) raw.add(el.create().spinal());
        return new Vec<>(new spinal.core.Vec<Data>(el.<Data>hard(), Sc.seq(raw).toVector()), el, this);
      }
      @SuppressWarnings("unchecked") public Vec<T> wrap(Data d) { return new Vec<>((spinal.core.Vec<Data>) d, el, this); }
    };
  }
  private final spinal.core.Vec<Data> raw; private final Type<T> el; private final Type<Vec<T>> type; private final List<T> items = new ArrayList<>();
  private Vec(spinal.core.Vec<Data> raw, Type<T> el, Type<Vec<T>> type) {
    this.raw = raw; this.el = el; this.type = type;
    for (int i = 0; i < raw.length(); i++) items.add(el.wrap(raw.apply(i)));
  }
  @Override public spinal.core.Vec<Data> spinal() { return raw; }
  @Override public Type<Vec<T>> type() { return type; }
  public int size() { return items.size(); }
  public T get(int i) { return items.get(i); }
  /** Dynamically indexed element: readable, and writable as a whole word. */
  public T get(UInt i) { return el.wrap(raw.apply(i.raw)); }
  @Override public Iterator<T> iterator() { return items.iterator(); }
}
