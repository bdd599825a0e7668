package h2learn.hdl;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import net.openhft.affinity.Affinity;
import org.jspecify.annotations.Nullable;
import scala.Console$;
import scala.Function0;
import scala.runtime.BoxedUnit;
import spinal.core.Component;
import spinal.core.GlobalData$;
import spinal.core.SpinalConfig;
import spinal.core.SpinalExit;
import spinal.core.SpinalReport;
import spinal.core.internals.SpinalVerilogBoot$;

/** One run of SpinalHDL over a circuit, with its output captured and its errors translated. */
final class Elaboration {
    private static final ThreadLocal<Boolean> RUNNING = ThreadLocal.withInitial(() -> false);

    private final Map<String, Object> options;
    private final boolean formal;

    Elaboration(Map<String, Object> options, boolean formal) {
        this.options = options;
        this.formal = formal;
    }

    /** Whether this thread is inside the construction of a circuit. */
    static boolean isRunning() {
        return RUNNING.get();
    }

    /** Refuses to create hardware outside the construction of a circuit, where it would belong to nothing. */
    static void require() {
        if (!isRunning()) {
            throw HdlException.here("hardware can only be created during elaboration, in the constructor of a circuit");
        }
    }

    /** Writes the circuit's Verilog; SpinalHDL's messages are dropped unless they become an exception. */
    Component run(Supplier<? extends Circuit> top) {
        if (isRunning()) {
            throw HdlException.here("a circuit cannot be generated while another is under construction");
        }
        SpinalReport<Component> report;
        try {
            report = once(top, options);
        } catch (Exception first) {
            if (!isSpinalExit(first)) {
                throw translate(first);
            }
            throw explain(top, first);
        }
        report.toplevel().walkComponents(component -> {
            Circuit owner = Circuit.ownerOf(component);
            if (owner != null) {
                owner.checkPorts();
            }
            return BoxedUnit.UNIT;
        });
        return report.toplevel();
    }

    /** Elaborates again with a stack trace kept for every statement, to learn where the error comes from. */
    private HdlException explain(Supplier<? extends Circuit> top, Exception first) {
        Map<String, Object> traced = new LinkedHashMap<>(options);
        scala.collection.mutable.HashSet<Class<?>> all = new scala.collection.mutable.HashSet<>();
        all.add(Circuit.Raw.class);
        all.add(Circuit.RawBlackBox.class);
        traced.put("debugComponents", all);
        Exception error = first;
        try {
            once(top, traced);
        } catch (Exception second) {
            error = second;
        }
        String report = String.valueOf(error.getMessage());
        return new HdlException(Source.shorten(report), Source.in(report), error);
    }

    private static RuntimeException translate(Exception error) {
        if (error instanceof HdlException || !Source.thrownByMachinery(error)) {
            return error instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(error);
        }
        return new HdlException(String.valueOf(error.getMessage()), Source.of(error), error);
    }

    private SpinalReport<Component> once(Supplier<? extends Circuit> top, Map<String, Object> values) {
        SpinalConfig config = SpinalConfigs.build(values);
        if (formal) {
            config.includeFormal();
        }
        BitSet processors = Affinity.getAffinity();
        Function0<Component> construct = () -> {
            // on a thread of SpinalHDL's own: a thread-local of the caller would not be seen here
            RUNNING.set(true);
            unpin(processors);
            try {
                Circuit circuit = top.get();
                circuit.close();
                circuit.setTopName();
                return circuit.component;
            } finally {
                RUNNING.set(false);
            }
        };
        Function0<SpinalReport<Component>> run = () -> SpinalVerilogBoot$.MODULE$.singleShot(config, construct);
        RootLocale locale = new RootLocale();
        try {
            return Console$.MODULE$.withOut(new ByteArrayOutputStream(), run);
        } finally {
            locale.close();
            GlobalData$.MODULE$.set(null);
            unpin(processors);
        }
    }

    /**
     * Lets the thread run on the given processors again. SpinalHDL binds it to a single one where JNA is on the class
     * path, which slows down whatever shares that processor.
     */
    private static void unpin(BitSet processors) {
        // empty where the platform knows no affinity
        if (!processors.isEmpty()) {
            Affinity.setAffinity(processors);
        }
    }

    /** SpinalExit is a checked exception that no Scala signature declares, so it cannot be named in a catch clause. */
    private static boolean isSpinalExit(@Nullable Object thrown) {
        return thrown instanceof SpinalExit;
    }
}
