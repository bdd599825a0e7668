package h2learn.hdl;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import spinal.core.Nameable;

/** Gives hardware the names of the Java fields that hold it. */
final class Names {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> KEYWORDS = Set.of(
            """
            always and assign automatic begin bit break buf bufif0 bufif1 byte case casex casez cell chandle checker \
            class clocking cmos config const constraint context continue cover covergroup coverpoint cross deassign \
            default defparam design disable dist do edge else end endcase endclass endclocking endconfig endfunction \
            endgenerate endgroup endinterface endmodule endpackage endprimitive endprogram endproperty endsequence \
            endspecify endtable endtask enum event eventually expect export extends extern final first_match for force \
            foreach forever fork forkjoin function generate genvar global highz0 highz1 if iff ifnone ignore_bins \
            illegal_bins implements implies import incdir include initial inout input inside instance int integer \
            interconnect interface intersect join join_any join_none large let liblist library local localparam logic \
            longint macromodule matches medium modport module nand negedge nettype new nexttime nmos nor \
            noshowcancelled not notif0 notif1 null or output package packed parameter pmos posedge primitive priority \
            program property protected pull0 pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent pure rand \
            randc randcase randsequence rcmos real realtime ref reg reject_on release repeat restrict return rnmos \
            rpmos rtran rtranif0 rtranif1 s_always s_eventually s_nexttime s_until s_until_with scalared sequence \
            shortint shortreal showcancelled signed small soft solve specify specparam static string strong strong0 \
            strong1 struct super supply0 supply1 sync_accept_on sync_reject_on table tagged task this throughout time \
            timeprecision timeunit tran tranif0 tranif1 tri tri0 tri1 triand trior trireg type typedef union unique \
            unique0 unsigned until until_with untyped use uwire var vectored virtual void wait wait_order wand weak \
            weak0 weak1 while wildcard wire with within wor xnor xor assert assume accept_on alias before bind bins \
            binsof always_comb always_ff always_latch"""
                    .split("\\s+"));

    private Names() {}

    /** Refuses what cannot be a Verilog or SystemVerilog name. */
    static String legal(String name) {
        if (!IDENTIFIER.matcher(name).matches() || KEYWORDS.contains(name)) {
            throw HdlException.here("'" + name + "' cannot be a Verilog name");
        }
        return name;
    }

    /**
     * Calls back with a name for each piece of hardware that the fields of {@code holder} lead to, for the classes below
     * {@code stop}: superclasses first, fields in the order of their declaration.
     */
    static void fields(Object holder, Class<?> stop, BiConsumer<String, Nameable> callback) {
        Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        fields(holder, stop, "", callback, visited);
    }

    private static void fields(
            Object holder, Class<?> stop, String prefix, BiConsumer<String, Nameable> callback, Set<Object> visited) {
        Deque<Class<?>> chain = new ArrayDeque<>();
        for (Class<?> c = holder.getClass(); c != null && c != stop && c != Object.class; c = c.getSuperclass()) {
            chain.push(c);
        }
        for (Class<?> declaring : chain) {
            for (Field field : declaring.getDeclaredFields()) {
                boolean hidden = field.isSynthetic()
                        || Modifier.isStatic(field.getModifiers())
                        || field.getType().isPrimitive()
                        || field.isAnnotationPresent(NoName.class);
                if (!hidden) {
                    visit(prefix + field.getName(), read(field, holder), callback, visited);
                }
            }
        }
    }

    private static @Nullable Object read(Field field, Object holder) {
        try {
            field.setAccessible(true);
            return field.get(holder);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void visit(
            String name, @Nullable Object value, BiConsumer<String, Nameable> callback, Set<Object> visited) {
        if (value instanceof Signal<?> signal) {
            callback.accept(name, signal.data());
        } else if (value instanceof Circuit circuit) {
            callback.accept(name, circuit.component);
        } else if (value instanceof Mem<?> memory) {
            callback.accept(name, memory.raw());
        } else if (value instanceof Fixed fixed) {
            visit(name, fixed.value(), callback, visited);
        } else if (value instanceof Area || value instanceof Record) {
            // areas may refer to each other in a circle
            if (visited.add(value)) {
                fields(value, Area.class, name + "_", callback, visited);
            }
        } else if (value instanceof Object[] array) {
            visitAll(name, Arrays.asList(array), callback, visited);
        } else if (value instanceof Collection<?> collection) {
            visitAll(name, collection, callback, visited);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> visit(name + "_" + key, element, callback, visited));
        } else if (value instanceof Optional<?> optional) {
            visit(name, optional.orElse(null), callback, visited);
        }
    }

    private static void visitAll(
            String name, Collection<?> values, BiConsumer<String, Nameable> callback, Set<Object> visited) {
        int index = 0;
        for (Object value : values) {
            visit(name + "_" + index++, value, callback, visited);
        }
    }
}
