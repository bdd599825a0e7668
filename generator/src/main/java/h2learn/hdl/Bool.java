package h2learn.hdl;

import java.util.List;
import spinal.core.Data;
import spinal.core.Mux$;
import spinal.core.package$;

/** One bit that is true or false. */
public final class Bool extends Signal<Bool> {
    static final Type<Bool> TYPE = new Type<>() {
        @Override
        Bool create() {
            return new Bool(package$.MODULE$.Bool());
        }

        @Override
        Bool wrap(Data data) {
            return new Bool((spinal.core.Bool) data);
        }
    };

    final spinal.core.Bool raw;

    Bool(spinal.core.Bool raw) {
        this.raw = Source.trim(raw);
    }

    @Override
    spinal.core.Bool data() {
        return raw;
    }

    @Override
    public Type<Bool> type() {
        return TYPE;
    }

    @Override
    public int width() {
        return 1;
    }

    public static Bool lit(boolean value) {
        Elaboration.require();
        return new Bool(package$.MODULE$.Bool(value, Interop.location()));
    }

    /** True where all are, built as a balanced tree; true for none. */
    public static Bool all(List<Bool> values) {
        return Tree.reduce(values, Bool::and).orElseGet(() -> lit(true));
    }

    /** True where at least one is, built as a balanced tree; false for none. */
    public static Bool any(List<Bool> values) {
        return Tree.reduce(values, Bool::or).orElseGet(() -> lit(false));
    }

    public void assign(boolean value) {
        assign(lit(value));
    }

    public Bool init(boolean value) {
        return init(lit(value));
    }

    /** True where this and all of {@code others} are. */
    public Bool and(Bool... others) {
        Bool result = this;
        for (Bool other : others) {
            result = new Bool(result.raw.$amp$amp(other.raw));
        }
        return result;
    }

    /** True where this or one of {@code others} is. */
    public Bool or(Bool... others) {
        Bool result = this;
        for (Bool other : others) {
            result = new Bool(result.raw.$bar$bar(other.raw));
        }
        return result;
    }

    public Bool xor(Bool that) {
        return new Bool(raw.$up(that.raw));
    }

    public Bool not() {
        return new Bool(raw.unary_$bang());
    }

    /** True in the first cycle in which this is true; before the first cycle it counts as false. */
    public Bool rise() {
        return new Bool(raw.rise(package$.MODULE$.False(Interop.location())));
    }

    /** 1 for true, 0 for false, in one bit. */
    public UInt asUInt() {
        return new UInt(raw.asUInt());
    }

    /** {@code whenTrue} where this is true, else {@code whenFalse}. */
    public <T extends Signal<T>> T mux(T whenTrue, T whenFalse) {
        return whenTrue.type().wrap(Mux$.MODULE$.apply(raw, whenTrue.data(), whenFalse.data()));
    }
}
