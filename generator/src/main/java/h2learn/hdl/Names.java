package h2learn.hdl;

import java.lang.reflect.*;
import java.util.*;
import java.util.function.BiConsumer;
import spinal.core.*;

/** Field-reflection naming: what the Scala compiler plugin's valCallback injection does. */
final class Names {
  private Names() {}
  /** Calls cb(name, nameable) for each named hardware object reachable from o's fields declared below `stop`. */
  static void fields(Object o, Class<?> stop, BiConsumer<String, Object> cb) {
    List<Class<?>> chain = new ArrayList<>();
    for (Class<?> c = o.getClass(); c != null && c != stop; c = c.getSuperclass()) chain.add(0, c);
    for (Class<?> c : chain)
      for (Field f : c.getDeclaredFields()) {
        if (f.isSynthetic() || Modifier.isStatic(f.getModifiers()) || f.getType().isPrimitive() || f.isAnnotationPresent(NoName.class)) continue;
        f.setAccessible(true);
        Object v;
        try { v = f.get(o); } catch (IllegalAccessException e) { throw new IllegalStateException(e); }
        visit(f.getName(), v, cb);
      }
  }
  static void visit(String name, Object v, BiConsumer<String, Object> cb) {
    if (v == null) return;
    if (v instanceof Signal<?> s) cb.accept(name, s.spinal());
    else if (v instanceof Circuit m) cb.accept(name, m.component);
    else if (v instanceof Named n) cb.accept(name, n.nameable());
    else if (v instanceof Area a) fields(a, Object.class, (n, x) -> cb.accept(name + "_" + n, x));
    else if (v instanceof Nameable) cb.accept(name, v);
    else if (v instanceof Object[] arr) { for (int i = 0; i < arr.length; i++) visit(name + "_" + i, arr[i], cb); }
    else if (v instanceof Collection<?> col) { int i = 0; for (Object x : col) visit(name + "_" + i++, x, cb); }
    else if (v instanceof Map<?, ?> map) for (Map.Entry<?, ?> e : map.entrySet()) visit(name + "_" + e.getKey(), e.getValue(), cb);
    else if (v instanceof Optional<?> op) op.ifPresent(x -> visit(name, x, cb));
    else if (v instanceof Record) for (RecordComponent rc : v.getClass().getRecordComponents()) {
      try { Method m = rc.getAccessor(); m.setAccessible(true); visit(name + "_" + rc.getName(), m.invoke(v), cb); } catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }
    }
  }
  private static final Set<String> KEYWORDS = Set.of(("always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config deassign default defparam design disable edge else end endcase endconfig endfunction endgenerate endmodule endprimitive endspecify endtable endtask event for force forever fork function generate genvar highz0 highz1 if ifnone incdir include initial inout input instance integer join large liblist library localparam macromodule medium module nand negedge nmos nor not notif0 notif1 or output parameter pmos posedge primitive pull0 pull1 pulldown pullup rcmos real realtime reg release repeat rnmos rpmos rtran rtranif0 rtranif1 scalared signed small specify specparam strong0 strong1 supply0 supply1 table task time tran tranif0 tranif1 tri tri0 tri1 triand trior trireg unsigned use vectored wait wand weak0 weak1 while wire wor xnor xor bit byte logic int longint shortint do interface class package program property sequence static string struct type typedef union unique var void").split(" "));
  static boolean isLegal(String n) { return !KEYWORDS.contains(n.toLowerCase()) && n.matches("[A-Za-z][A-Za-z0-9_]*"); }
  static String legal(String n, Class<?> where) {
    if (!isLegal(n)) throw new IllegalArgumentException("'" + n + "' in " + where.getName() + " cannot be a Verilog name: rename the field");
    return n;
  }
}
