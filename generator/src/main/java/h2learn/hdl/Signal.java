package h2learn.hdl;

import spinal.core.Data;
import spinal.core.DataPimper;
import spinal.core.SpinalTagReady;

/**
 * A typed handle on a signal of the circuit under construction. A handle is cheap; two handles may refer to the same
 * signal.
 *
 * @param <S> the concrete handle type
 */
public abstract class Signal<S extends Signal<S>> {
    Signal() {}

    abstract Data data();

    /** The type, from which further signals of the same shape can be made. */
    public abstract Type<S> type();

    @SuppressWarnings("unchecked")
    final S self() {
        return (S) this;
    }

    /**
     * Drives this signal. The last assignment wins; inside {@code when} it holds under that condition only. The widths
     * must agree: use {@code resize} to change one.
     */
    public void assign(S source) {
        new DataPimper<>(data()).$colon$eq(source.data(), Interop.location());
    }

    /** Connects two bundles by the directions of their elements. */
    public void connect(S that) {
        new DataPimper<>(data()).$less$greater(that.data(), Interop.location());
    }

    /** Gives a register the value that reset loads. */
    public S init(S value) {
        new DataPimper<>(data()).init(value.data());
        return self();
    }

    public Bool eq(S that) {
        return new Bool(data().isEqualTo(that.data()));
    }

    public Bool ne(S that) {
        return new Bool(data().isNotEqualTo(that.data()));
    }

    /** All bits; the first element of a bundle or vector stands lowest. */
    public Bits asBits() {
        return new Bits(data().asBits());
    }

    /** Drives all bits, in the order of {@link #asBits()}. */
    public void assignFromBits(Bits source) {
        if (source.width() != width()) {
            throw HdlException.here("cannot assign " + source.width() + " bits to " + width());
        }
        data().assignFromBits(source.raw);
    }

    /** Drives the bits {@code high} down to {@code low} only. */
    public void assignBits(int high, int low, Bits source) {
        if (low < 0 || high < low || high >= width() || source.width() != high - low + 1) {
            throw HdlException.here("cannot assign " + source.width() + " bits to bits " + high + ".." + low
                    + " of a signal of " + width() + " bits");
        }
        data().assignFromBits(source.raw, high, low);
    }

    /** The number of bits. */
    public int width() {
        return data().getBitsWidth();
    }

    /** This signal's bits as the high part, {@code low} below them. */
    public Bits cat(Signal<?> low) {
        return new Bits(data().$hash$hash(low.data()));
    }

    /** Gives a fixed name, which wins over a field's. */
    public S named(String name) {
        data().setName(Names.legal(name));
        return self();
    }

    /** Gives a weak name: used unless a field or {@link #named} gives one, and made unique where it collides. */
    public S hint(String name) {
        data().setName(Names.legal(name), true);
        return self();
    }

    /** Keeps the signal under its name in the Verilog, even where it could be folded into an expression. */
    public S keep() {
        data().dontSimplifyIt();
        return self();
    }

    /** Allows the signal to be dropped when nothing reads it. */
    public S allowPruning() {
        data().allowPruning();
        return self();
    }

    /** Allows one full assignment to replace another. */
    public S allowOverride() {
        data().allowOverride();
        return self();
    }

    /** Adds a Verilog attribute {@code (* name = "value" *)}. */
    public S attribute(String name, String value) {
        ((SpinalTagReady) data()).addAttribute(name, value);
        return self();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + data().getName() + ")";
    }
}
