package h2learn.hdl;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spinal.core.BaseType;
import spinal.core.Component;
import spinal.core.Component$;
import spinal.core.Nameable;

/**
 * A hardware module. A subclass creates ports, registers and statements in its field initialisers and constructor; the
 * names of its fields become the names of ports, signals and instances.
 *
 * <p>A child must be passed to {@link #inst} as soon as it is created: {@code Child child = inst(new Child(8));}.
 */
public abstract class Circuit extends Hardware {
    final Component component;
    private final Throwable born = new Throwable("created here");
    private final Map<BaseType, String> ports = new LinkedHashMap<>();
    private boolean closed;

    /** What SpinalHDL sees of a circuit: its many public methods stay out of user classes. */
    static final class Raw extends Component {
        final Circuit owner;

        Raw(Circuit owner) {
            this.owner = owner;
        }
    }

    /** What SpinalHDL sees of a module whose Verilog comes from elsewhere. */
    static final class RawBlackBox extends spinal.core.BlackBox {
        final Circuit owner;

        RawBlackBox(Circuit owner) {
            this.owner = owner;
        }
    }

    protected Circuit() {
        this(false);
    }

    Circuit(boolean blackBox) {
        if (!Elaboration.isRunning()) {
            throw HdlException.here(getClass().getName()
                    + " can only be created during elaboration: generate(() -> new "
                    + getClass().getSimpleName() + "(...))");
        }
        // becomes the scope of all statements until close()
        component = blackBox ? new RawBlackBox(this) : new Raw(this);
        // SpinalHDL would rename what clashes with module, enum or VHDL names; Names refuses Verilog's keywords
        component.withoutKeywords();
        String name = Names.legal(getClass().getSimpleName());
        component.definitionName_$eq(name);
        if (component.parent() != null) {
            component.setName(Character.toLowerCase(name.charAt(0)) + name.substring(1), true);
        }
    }

    /**
     * Puts a new child into this circuit; the field that keeps it names the instance. Without this call the child would
     * swallow the parent's following statements, so its absence is an error.
     */
    public static <C extends Circuit> C inst(C child) {
        child.close();
        return child;
    }

    /** As {@link #inst(Circuit)}, with a fixed instance name. */
    public static <C extends Circuit> C inst(String name, C child) {
        ((Circuit) child).component.setName(Names.legal(name));
        return inst(child);
    }

    /**
     * Fixes the Verilog module's name, which otherwise is that of the class. Circuits with parameters need a name for
     * each set of parameters.
     */
    protected final void moduleName(String name) {
        component.setDefinitionName(Names.legal(name), true);
    }

    /** The name of the Verilog module. */
    public final String moduleName() {
        return component.definitionName();
    }

    final void setTopName() {
        if (!component.definitionNameNoMerge()) {
            moduleName(getClass().getSimpleName());
        }
    }

    /** Ends the construction: names the members and gives the scope back to the parent. */
    final void close() {
        if (closed) {
            throw HdlException.here(getClass().getName() + " was already passed to inst(...)");
        }
        checkScope();
        closed = true;
        Names.fields(this, Circuit.class, this::name);
        component.postInitCallback();
        for (BaseType port : Interop.list(component.getAllIo())) {
            if (port.isUnnamed() || port.getName().isEmpty()) {
                throw error("a port has no name: keep it in a field or call named(...)", born, null);
            }
            ports.put(port, port.getName());
        }
    }

    private void name(String name, Nameable member) {
        Component home = member instanceof Component child ? child.parent() : member.component();
        if (home != component) {
            // a reference to another circuit's signal names nothing here
            return;
        }
        try {
            component.valCallback(member, Names.legal(name));
        } catch (HdlException e) {
            throw error(e.getMessage() + ": rename the field", born, e);
        }
    }

    private void checkScope() {
        Component current = Component$.MODULE$.current();
        if (current != component) {
            Circuit stray = ownerOf(current);
            if (stray == null) {
                throw error("hardware of " + current + " is still open", born, null);
            }
            throw new HdlException(
                    stray.getClass().getName() + ": created inside "
                            + getClass().getName() + " but not passed to inst(...)",
                    stray.birthplace(),
                    null);
        }
    }

    /** A port's name is an interface: SpinalHDL must not have changed it to make it unique. */
    final void checkPorts() {
        ports.forEach((port, name) -> {
            if (!port.getName().equals(name)) {
                throw error(
                        "port " + name + " came out as " + port.getName() + ": two names differ only in case",
                        born,
                        null);
            }
        });
    }

    static @Nullable Circuit ownerOf(Component component) {
        if (component instanceof Raw raw) {
            return raw.owner;
        }
        return component instanceof RawBlackBox blackBox ? blackBox.owner : null;
    }

    /** The line that says {@code new}, not one inside the circuit's own constructors. */
    private @Nullable StackTraceElement birthplace() {
        Set<String> own = new HashSet<>();
        for (Class<?> c = getClass(); c != null; c = c.getSuperclass()) {
            own.add(c.getName());
        }
        return Source.of(
                born,
                frame -> !(own.contains(frame.getClassName())
                        && frame.getMethodName().equals("<init>")));
    }

    private HdlException error(String message, Throwable where, @Nullable Throwable cause) {
        return new HdlException(getClass().getName() + ": " + message, Source.of(where), cause);
    }
}
