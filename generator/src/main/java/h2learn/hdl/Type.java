package h2learn.hdl;

import spinal.core.Data;
import spinal.core.HardType;

/**
 * A hardware type: creates signals of one shape. Types come from {@link Hardware#uint}, {@link Hardware#vec},
 * {@link Bundle#type}, {@link EnumType#of} and {@link Stream#type}.
 */
public abstract class Type<T extends Signal<?>> {
    Type() {}

    /** A new signal of this type: neither port nor register, driven by nothing. */
    abstract T create();

    /** The handle on an existing SpinalHDL signal of this type. */
    abstract T wrap(Data data);

    /** SpinalHDL's own type object; each call of it crafts a new signal. */
    @SuppressWarnings("unchecked")
    final <D extends Data> HardType<D> hard() {
        return new HardType<>(() -> (D) create().data());
    }

    /** The number of bits that a signal of this type occupies. */
    public int width() {
        return hard().getBitsWidth();
    }
}
