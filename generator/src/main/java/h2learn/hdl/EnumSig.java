package h2learn.hdl;

import spinal.core.Data;
import spinal.core.SpinalEnum;
import spinal.core.SpinalEnumCraft;

/** A signal that holds a value of a Java enum. */
public final class EnumSig<E extends Enum<E>> extends Signal<EnumSig<E>> {
    private final SpinalEnumCraft<SpinalEnum> raw;
    final EnumType<E> type;

    EnumSig(SpinalEnumCraft<SpinalEnum> raw, EnumType<E> type) {
        this.raw = Source.trim(raw);
        this.type = type;
    }

    @Override
    Data data() {
        return raw;
    }

    @Override
    public EnumType<E> type() {
        return type;
    }

    public void assign(E value) {
        assign(type.lit(value));
    }

    public EnumSig<E> init(E value) {
        return init(type.lit(value));
    }

    /** True where the signal holds {@code value}. */
    public Bool is(E value) {
        return eq(type.lit(value));
    }
}
