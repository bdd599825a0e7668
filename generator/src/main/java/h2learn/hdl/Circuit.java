package h2learn.hdl;

import java.util.*;
import java.util.function.*;
import spinal.core.*;
import spinal.core.internals.*;

/** A hardware module. Fields declared in subclasses name the ports, signals and instances. */
public abstract class Circuit {
  /** The SpinalHDL component behind a Circuit. */
  static final class Raw extends Component {
    final Circuit owner;
    Raw(Circuit owner) { this.owner = owner; }
  }
  static final class RawBlackBox extends spinal.core.BlackBox {
    final Circuit owner;
    RawBlackBox(Circuit owner) { this.owner = owner; }
  }

  final Component component;
  private final Throwable born = new Throwable("created here");
  private boolean closed;

  protected Circuit() { this(false); }
  Circuit(boolean blackBox) {
    if (!Verilog.ELABORATING.get()) throw new IllegalStateException(getClass().getName() + " can only be created during elaboration: Verilog.generate(() -> new " + getClass().getSimpleName() + "(...))");
    component = blackBox ? new RawBlackBox(this) : new Raw(this);   // pushes itself as the current component
    component.withoutKeywords();   // own name space: no clash with module and enum names (Names.legal refuses Verilog keywords)
    String n = getClass().getSimpleName();
    component.definitionName_$eq(n);
    if (component.parent() != null) component.setName(Character.toLowerCase(n.charAt(0)) + n.substring(1), true);   // weak: a field name replaces it
  }

  /** Ends the construction of a module: names its members, runs SpinalHDL's pre-pop tasks, restores the parent's scope. */
  final void close() {
    if (closed) throw new IllegalStateException(getClass().getName() + " was already instantiated");
    Component cur = Component$.MODULE$.current();
    if (cur != component) {
      Circuit m = cur instanceof Raw r ? r.owner : cur instanceof RawBlackBox b ? b.owner : null;
      IllegalStateException e = new IllegalStateException("module " + (m == null ? String.valueOf(cur) : m.getClass().getName()) + " was created inside " + getClass().getName() + " but never passed to inst(...)");
      if (m != null) e.initCause(m.born);
      throw e;
    }
    closed = true;
    Names.fields(this, Circuit.class, (n, x) -> {
      if (x instanceof ContextUser u && (x instanceof Component c ? c.parent() : u.component()) != component) return;   // a reference to another module's signal names nothing here
      component.valCallback(x, Names.legal(n, getClass()));
    });
    component.postInitCallback();   // runs pre-pop tasks (FSM build, AXI port renaming) and pops the scope
    for (BaseType b : Sc.list(component.getAllIo())) {
      if (b.isUnnamed() || b.getName().isEmpty()) throw new IllegalStateException("a port of " + getClass().getName() + " has no name: keep it in a field or call named(...)");
      ports.put(b, b.getName());
    }
  }
  private final Map<BaseType, String> ports = new LinkedHashMap<>();
  /** A port name is an interface: SpinalHDL must not have made it unique behind our back (a, A -> a, A_1). */
  final void checkPorts() {
    ports.forEach((b, n) -> { if (!b.getName().equals(n)) throw new IllegalStateException("port " + n + " of " + getClass().getName() + " came out as " + b.getName() + ": two names differ only in case"); });
  }
  public final Component spinal() { return component; }

  // ---- structure
  public static <M extends Circuit> M inst(M m) { m.close(); return m; }
  public static <M extends Circuit> M inst(String name, M m) { m.close(); m.component.setName(name); return m; }
  /** A SpinalHDL library component (Scala code compiled with the plugin still needs its post-init call made by whoever says `new`). */
  protected static <C extends Component> C lib(C c) { c.postInitCallback(); return c; }
  /** Fixes the Verilog module name (default: the class name, made unique per distinct body). */
  protected final void moduleName(String n) { component.setDefinitionName(n, true); }

  // ---- signals
  @SuppressWarnings("unchecked") private static <T extends Signal<?>> T dir(Type<T> t, Function<Data, Data> f) { T s = t.create(); Object ignored = f.apply(s.spinal()); return s; }
  public static <T extends Signal<?>> T in(Type<T> t) { return dir(t, Data::asInput); }
  public static <T extends Signal<?>> T out(Type<T> t) { return dir(t, Data::asOutput); }
  public static <T extends Signal<?>> T wire(Type<T> t) { return t.create(); }
  public static <T extends Signal<?>> T reg(Type<T> t) { return dir(t, Data::setAsReg); }
  public static <T extends Signal<T>> T reg(Type<T> t, T init) { T r = reg(t); r.init(init); return r; }
  public static <T extends Signal<?>> T outReg(Type<T> t) { T r = reg(t); r.spinal().asOutput(); return r; }
  public static <T extends Signal<T>> T regNext(T x) { T r = reg(x.type()); r.assign(x); return r; }
  public static <T extends Signal<T>> T delay(T x, int n) { T r = x; for (int i = 0; i < n; i++) r = regNext(r); return r; }
  public static Bool delay(Bool x, int n, boolean init) { Bool r = x; for (int i = 0; i < n; i++) { Bool d = r; r = reg(bool()).init(init); r.assign(d); } return r; }
  public static <B extends Bundle<B>> B master(Type<B> t) { B b = t.create(); b.spinal(); b.asMaster(); return b; }
  public static <B extends Bundle<B>> B slave(Type<B> t) { B b = master(t); b.spinal().flip(); return b; }
  public static <T extends Signal<T>> Mem<T> mem(Type<T> t, int words) { return new Mem<>(t, words); }

  // ---- types
  public static Type<h2learn.hdl.Bool> bool() { return h2learn.hdl.Bool.TYPE; }
  public static Type<h2learn.hdl.UInt> uint(int w) { return h2learn.hdl.UInt.type(w); }
  public static Type<h2learn.hdl.SInt> sint(int w) { return h2learn.hdl.SInt.type(w); }
  public static Type<h2learn.hdl.Bits> bits(int w) { return h2learn.hdl.Bits.type(w); }
  public static <T extends Signal<T>> Type<h2learn.hdl.Vec<T>> vec(Type<T> t, int n) { return h2learn.hdl.Vec.type(t, n); }

  // ---- control
  public static When when(h2learn.hdl.Bool c, Runnable body) { return When.of(c, body); }
  public static void switch_(Signal<?> v, Consumer<Switch> body) { Switch.of(v, body); }
  public static <T extends Signal<T>> T mux(h2learn.hdl.Bool c, T t, T f) { return c.mux(t, f); }

  // ---- verification ("assert" is a Java keyword: spinal.core.package$.assert cannot be called, its helper can)
  private static void formal(h2learn.hdl.Bool c, String msg, spinal.core.internals.AssertStatementKind kind) {
    scala.collection.immutable.Seq<Object> m = msg == null ? Sc.seq() : Sc.<Object>seq(msg);
    AssertStatementHelper$.MODULE$.apply(c.raw, m, FAILURE$.MODULE$, kind, AssertStatementTrigger$.MODULE$.CLOCKED(), Sc.loc());
  }
  public static void assert_(h2learn.hdl.Bool c, String msg) { formal(c, msg, AssertStatementKind$.MODULE$.ASSERT()); }
  public static void assert_(h2learn.hdl.Bool c) { assert_(c, null); }
  public static void assume(h2learn.hdl.Bool c) { formal(c, null, AssertStatementKind$.MODULE$.ASSUME()); }
  public static void cover(h2learn.hdl.Bool c) { formal(c, null, AssertStatementKind$.MODULE$.COVER()); }
}
