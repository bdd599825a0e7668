package h2learn.hdl;
import spinal.core.*;
/** A Java enum as hardware type. */
public final class EnumType<E extends Enum<E>> implements Type<EnumSig<E>> {
  public enum Encoding { BINARY, ONE_HOT, GRAY }
  private final Class<E> cls; private final Encoding enc;
  private EnumType(Class<E> c, Encoding e) { cls = c; enc = e; }
  public static <E extends Enum<E>> EnumType<E> of(Class<E> c) { return new EnumType<>(c, Encoding.BINARY); }
  public static <E extends Enum<E>> EnumType<E> of(Class<E> c, Encoding e) { return new EnumType<>(c, e); }
  /** The SpinalEnum of this elaboration. */
  SpinalEnum def() {
    var db = GlobalData$.MODULE$.get().userDatabase();
    String key = "hdl.enum." + cls.getName() + "." + enc;
    scala.Option<Object> o = db.get(key);
    if (o.isDefined()) return (SpinalEnum) o.get();
    SpinalEnumEncoding e = switch (enc) { case BINARY -> binarySequential$.MODULE$; case ONE_HOT -> binaryOneHot$.MODULE$; case GRAY -> graySequential$.MODULE$; };
    SpinalEnum d = new SpinalEnum(e);
    d.setName(cls.getSimpleName(), true);
    for (E x : cls.getEnumConstants()) d.newElement(x.name());
    db.put(key, d);
    return d;
  }
  SpinalEnumElement<SpinalEnum> element(Enum<?> e) {
    @SuppressWarnings("unchecked") var r = (SpinalEnumElement<SpinalEnum>) (Object) def().elements().apply(e.ordinal());
    return r;
  }
  @SuppressWarnings("unchecked") @Override public EnumSig<E> create() { return new EnumSig<>((SpinalEnumCraft<SpinalEnum>) (Object) def().craft(), this); }
  @SuppressWarnings("unchecked") @Override public EnumSig<E> wrap(Data d) { return new EnumSig<>((SpinalEnumCraft<SpinalEnum>) d, this); }
}
