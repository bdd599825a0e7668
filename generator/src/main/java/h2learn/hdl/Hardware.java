package h2learn.hdl;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import spinal.core.Data;
import spinal.core.FAILURE$;
import spinal.core.internals.AssertStatementHelper$;
import spinal.core.internals.AssertStatementKind;
import spinal.core.internals.AssertStatementKind$;
import spinal.core.internals.AssertStatementTrigger$;

/**
 * The statements of the hardware description, for use inside {@link Circuit}s and {@link Area}s (by inheritance) and in
 * plain helper classes (by static import). They add to the circuit under construction.
 */
public abstract class Hardware {
    Hardware() {}

    // types

    public static Type<Bool> bool() {
        return Bool.TYPE;
    }

    public static Type<UInt> uint(int width) {
        return UInt.type(width);
    }

    public static Type<SInt> sint(int width) {
        return SInt.type(width);
    }

    public static Type<Bits> bits(int width) {
        return Bits.type(width);
    }

    public static <T extends Signal<T>> Type<Vec<T>> vec(Type<T> element, int size) {
        return Vec.type(element, size);
    }

    // signals

    /** An input port. */
    public static <T extends Signal<?>> T in(Type<T> type) {
        return make(type, Data::asInput);
    }

    /** An output port, to be assigned. */
    public static <T extends Signal<?>> T out(Type<T> type) {
        return make(type, Data::asOutput);
    }

    /** A signal without storage, to be assigned in all cases. */
    public static <T extends Signal<?>> T wire(Type<T> type) {
        Elaboration.require();
        return type.create();
    }

    /** A register of the current clock; it keeps its value where nothing is assigned. Without {@code init} it is not reset. */
    public static <T extends Signal<?>> T reg(Type<T> type) {
        return make(type, Data::setAsReg);
    }

    /** A register that reset sets to {@code init}. */
    public static <T extends Signal<T>> T reg(Type<T> type, T init) {
        return reg(type).init(init);
    }

    /** An output port that is a register. */
    public static <T extends Signal<?>> T outReg(Type<T> type) {
        return make(type, data -> data.setAsReg().asOutput());
    }

    /** The signal one cycle later, not reset. */
    public static <T extends Signal<T>> T regNext(T signal) {
        T register = reg(signal.type());
        register.assign(signal);
        return register;
    }

    /** The signal one cycle later; {@code init} after reset. */
    public static <T extends Signal<T>> T regNext(T signal, T init) {
        return regNext(signal).init(init);
    }

    /** A register that takes the signal at the end of each cycle in which {@code enable} is true; not reset. */
    public static <T extends Signal<T>> T regNextWhen(T signal, Bool enable) {
        T register = reg(signal.type());
        when(enable, () -> register.assign(signal));
        return register;
    }

    /** The signal some cycles later, through as many registers, not reset; the signal itself for 0. */
    public static <T extends Signal<T>> T delay(T signal, int cycles) {
        return Delay.of(signal, cycles).last();
    }

    /** A bundle port whose directions are those of {@link Bundle#asMaster}. */
    public static <B extends Bundle<B>> B master(Type<B> type) {
        B bundle = wire(type);
        // registers the elements, which the directions are then set on
        bundle.data();
        bundle.asMaster();
        return bundle;
    }

    /** A bundle port whose directions are opposite to those of {@link Bundle#asMaster}. */
    public static <B extends Bundle<B>> B slave(Type<B> type) {
        B bundle = master(type);
        bundle.data().flip();
        return bundle;
    }

    public static <T extends Signal<T>> Mem<T> mem(Type<T> type, int words) {
        return new Mem<>(type, words);
    }

    private static <T extends Signal<?>> T make(Type<T> type, Consumer<Data> kind) {
        T signal = wire(type);
        kind.accept(signal.data());
        return signal;
    }

    // statements

    /** Assignments that hold only where the condition is true. */
    public static When when(Bool condition, Runnable body) {
        return When.of(condition, body);
    }

    /** Assignments that depend on a value: {@code switch_(x, s -> s.is(0, ...).isAny(List.of(1, 2), ...).otherwise(...))}. */
    public static void switch_(Signal<?> selector, Consumer<Switch> cases) {
        Switch.of(selector, cases);
    }

    public static <T extends Signal<T>> T mux(Bool condition, T whenTrue, T whenFalse) {
        return condition.mux(whenTrue, whenFalse);
    }

    // verification

    /** Demands that the condition holds at each clock edge (inside {@code when}: at those where that holds too). */
    public static void assert_(Bool condition) {
        check(condition, null, AssertStatementKind$.MODULE$.ASSERT());
    }

    public static void assert_(Bool condition, String message) {
        check(condition, message, AssertStatementKind$.MODULE$.ASSERT());
    }

    /** Tells a formal tool that the condition holds at each clock edge. */
    public static void assume(Bool condition) {
        check(condition, null, AssertStatementKind$.MODULE$.ASSUME());
    }

    /** Asks a formal tool for a run in which the condition becomes true. */
    public static void cover(Bool condition) {
        check(condition, null, AssertStatementKind$.MODULE$.COVER());
    }

    private static void check(Bool condition, @Nullable String message, AssertStatementKind kind) {
        AssertStatementHelper$.MODULE$.apply(
                condition.raw,
                message == null ? Interop.<Object>seq() : Interop.<Object>seq(message),
                FAILURE$.MODULE$,
                kind,
                AssertStatementTrigger$.MODULE$.CLOCKED(),
                Interop.location());
    }
}
