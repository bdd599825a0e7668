package h2learn.hdl;
import java.util.*;
import java.util.function.Consumer;
import spinal.core.*;
public final class Switch {
  private final Signal<?> v;
  private Switch(Signal<?> v) { this.v = v; }
  static void of(Signal<?> v, Consumer<Switch> body) {
    Switch s = new Switch(v);
    switch$.MODULE$.apply((BaseType) v.spinal(), false, true, Sc.unit(() -> body.accept(s)), Sc.loc());
  }
  private Object key(Object k) {
    if (k instanceof Enum<?> e) return ((EnumSig<?>) v).type.element(e);
    if (k instanceof Signal<?> s) return s.spinal();
    if (k instanceof Number n) return scala.math.BigInt.apply(n.longValue());
    if (k instanceof String m) return MaskedLiteral$.MODULE$.apply(m);   // "1-0-"
    return k;
  }
  public Switch is(Object k, Runnable body) { is$.MODULE$.apply(key(k), Sc.seq(), Sc.unit(body)); return this; }
  public Switch isAny(List<?> ks, Runnable body) {
    List<Object> r = new ArrayList<>(); for (Object k : ks) r.add(key(k));
    is$.MODULE$.list(Sc.<Object>seq(r).iterator(), Sc.unit(body)); return this;
  }
  public void otherwise(Runnable body) { default$.MODULE$.apply(Sc.unit(body)); }
}
