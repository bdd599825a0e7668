package h2learn.hdl;

import spinal.core.Data;
import spinal.core.HardType;

/** A hardware type: knows how to create an unbound signal and how to wrap a raw SpinalHDL Data. */
public interface Type<T extends Signal<?>> {
  T create();
  T wrap(Data raw);
  /** SpinalHDL's own type object; every call crafts a fresh Data. */
  default <D extends Data> HardType<D> hard() {
    @SuppressWarnings("unchecked") HardType<D> h = new HardType<D>(() -> (D) create().spinal());
    return h;
  }
  default int width() { return hard().getBitsWidth(); }
}
