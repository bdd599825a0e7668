package h2learn.hdl;

import java.math.BigInteger;
import java.util.*;
import scala.Function0;
import scala.runtime.BoxedUnit;
import spinal.core.BitCount;
import spinal.idslplugin.Location;

/** Scala interop helpers: the only place which knows Scala collection / function types. */
final class Sc {
  private Sc() {}
  static Function0<BoxedUnit> unit(Runnable r) { return () -> { r.run(); return BoxedUnit.UNIT; }; }
  static BitCount bits(int n) { return new BitCount(n); }
  static scala.math.BigInt big(BigInteger v) { return new scala.math.BigInt(v); }
  static BigInteger big(scala.math.BigInt v) { return v.bigInteger(); }
  /** immutable Seq: what Scala varargs erase to. */
  @SafeVarargs static <T> scala.collection.immutable.Seq<T> seq(T... v) { return seq(Arrays.asList(v)); }
  static <T> scala.collection.immutable.Seq<T> seq(Collection<? extends T> c) {
    scala.collection.mutable.ListBuffer<T> b = new scala.collection.mutable.ListBuffer<>();
    for (T t : c) b.addOne(t);
    return b.toList();
  }
  static <T> List<T> list(scala.collection.Iterable<T> it) {
    List<T> r = new ArrayList<>();
    scala.collection.Iterator<T> i = it.iterator();
    while (i.hasNext()) r.add(i.next());
    return r;
  }
  private static final StackWalker WALK = StackWalker.getInstance();
  /** Source position of the first frame outside this package: replaces Scala's Location macro. */
  static Location loc() {
    return WALK.walk(s -> s.filter(f -> !f.getClassName().startsWith("h2learn.hdl.")).findFirst()
        .map(f -> new Location(String.valueOf(f.getFileName()).replace(".java", ""), f.getLineNumber(), 0))
        .orElseGet(() -> new Location("Hdl", 0, 0)));
  }
}
