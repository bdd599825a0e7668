package h2learn.hdl;

import scala.Option;
import spinal.core.Data;
import spinal.core.GlobalData$;
import spinal.core.SpinalEnum;
import spinal.core.SpinalEnumCraft;
import spinal.core.SpinalEnumElement;
import spinal.core.SpinalEnumEncoding;
import spinal.core.binaryOneHot$;
import spinal.core.binarySequential$;
import spinal.core.graySequential$;

/** A Java enum as a hardware type. */
public final class EnumType<E extends Enum<E>> extends Type<EnumSig<E>> {
    /** How values become bits. */
    public enum Encoding {
        /** The ordinal. */
        BINARY,
        /** One bit a value. */
        ONE_HOT,
        /** Neighbours differ in one bit. */
        GRAY
    }

    private final Class<E> enumClass;
    private final Encoding encoding;

    private EnumType(Class<E> enumClass, Encoding encoding) {
        this.enumClass = enumClass;
        this.encoding = encoding;
    }

    /** The enum, encoded by its ordinals. */
    public static <E extends Enum<E>> EnumType<E> of(Class<E> enumClass) {
        return of(enumClass, Encoding.BINARY);
    }

    public static <E extends Enum<E>> EnumType<E> of(Class<E> enumClass, Encoding encoding) {
        return new EnumType<>(enumClass, encoding);
    }

    /** A constant. */
    public EnumSig<E> lit(E value) {
        Elaboration.require();
        return new EnumSig<>(element(value).craft(), this);
    }

    SpinalEnumElement<SpinalEnum> element(Enum<?> value) {
        @SuppressWarnings("unchecked")
        SpinalEnumElement<SpinalEnum> element =
                (SpinalEnumElement<SpinalEnum>) (Object) definition().elements().apply(value.ordinal());
        return element;
    }

    @Override
    @SuppressWarnings("unchecked")
    EnumSig<E> create() {
        return new EnumSig<>((SpinalEnumCraft<SpinalEnum>) (Object) definition().craft(), this);
    }

    @Override
    @SuppressWarnings("unchecked")
    EnumSig<E> wrap(Data data) {
        return new EnumSig<>((SpinalEnumCraft<SpinalEnum>) data, this);
    }

    /** SpinalHDL's definition, made once an elaboration because its name is made unique within one. */
    private SpinalEnum definition() {
        var database = GlobalData$.MODULE$.get().userDatabase();
        String key = EnumType.class.getName() + "/" + enumClass.getName() + "/" + encoding;
        Option<Object> known = database.get(key);
        if (known.isDefined()) {
            return (SpinalEnum) known.get();
        }
        SpinalEnumEncoding bits =
                switch (encoding) {
                    case BINARY -> binarySequential$.MODULE$;
                    case ONE_HOT -> binaryOneHot$.MODULE$;
                    case GRAY -> graySequential$.MODULE$;
                };
        SpinalEnum definition = new SpinalEnum(bits);
        definition.setName(enumClass.getSimpleName(), true);
        for (E value : enumClass.getEnumConstants()) {
            definition.newElement(value.name());
        }
        database.put(key, definition);
        return definition;
    }
}
