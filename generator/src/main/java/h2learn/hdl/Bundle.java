package h2learn.hdl;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import spinal.core.Data;

/**
 * A group of named signals. The fields of the Java class are its elements, in the order of their declaration, each made
 * by {@link #field}; the class is used through a {@link #type}.
 *
 * @param <B> the class itself
 */
public abstract class Bundle<B extends Bundle<B>> extends Signal<B> {
    private final Raw raw = new Raw(this);
    private boolean closed;
    private @Nullable Type<B> type;

    protected Bundle() {}

    /** What SpinalHDL sees. It copies bundles by conventions of Scala's classes, hence the own {@code clone}. */
    private static final class Raw extends spinal.core.Bundle {
        private final Bundle<?> owner;

        Raw(Bundle<?> owner) {
            this.owner = owner;
        }

        @Override
        @SuppressWarnings("MissingSuperCall")
        public spinal.core.Bundle clone() {
            return (Raw) owner.type().create().data();
        }

        @Override
        public String getTypeString() {
            return owner.getClass().getSimpleName();
        }
    }

    /** The type of a bundle class; {@code make} creates a new bundle at each call. */
    public static <B extends Bundle<B>> Type<B> type(Supplier<B> make) {
        return new Type<>() {
            @Override
            B create() {
                B bundle = make.get();
                ((Bundle<B>) bundle).type = this;
                return bundle;
            }

            @Override
            @SuppressWarnings("unchecked")
            B wrap(Data data) {
                return (B) ((Raw) data).owner;
            }
        };
    }

    /** An element, to be kept in a field. */
    protected static <T extends Signal<?>> T field(Type<T> type) {
        return type.create();
    }

    /** Sets the directions as the master sees them, by {@link #output} and {@link #input}. */
    protected void asMaster() {
        throw HdlException.here(getClass().getName() + " has no directions: override asMaster");
    }

    protected static void output(Signal<?>... elements) {
        for (Signal<?> element : elements) {
            element.data().asOutput();
        }
    }

    protected static void input(Signal<?>... elements) {
        for (Signal<?> element : elements) {
            element.data().asInput();
        }
    }

    @Override
    final spinal.core.Bundle data() {
        if (!closed) {
            // not before the first use: in the constructor the subclass's fields are still empty
            closed = true;
            Names.fields(this, Bundle.class, (name, element) -> raw.valCallback(element, name));
        }
        return raw;
    }

    @Override
    public final Type<B> type() {
        if (type == null) {
            throw HdlException.here("create " + getClass().getName() + " through Bundle.type(() -> new ...)");
        }
        return type;
    }
}
