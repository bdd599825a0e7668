package h2learn.hdl;
import spinal.core.*;
public final class EnumSig<E extends Enum<E>> extends Signal<EnumSig<E>> {
  final SpinalEnumCraft<SpinalEnum> raw; final EnumType<E> type;
  EnumSig(SpinalEnumCraft<SpinalEnum> r, EnumType<E> t) { raw = r; type = t; }
  @Override public Data spinal() { return raw; }
  @Override public Type<EnumSig<E>> type() { return type; }
  public EnumSig<E> lit(E e) { return new EnumSig<>(type.element(e).craft(), type); }
  public void assign(E e) { assign(lit(e)); }
  public EnumSig<E> init(E e) { return init(lit(e)); }
  public Bool is(E e) { return eq(lit(e)); }
}
