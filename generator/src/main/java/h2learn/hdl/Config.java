package h2learn.hdl;
import java.lang.reflect.Constructor;
import java.util.*;
import spinal.core.*;
/** SpinalConfig by parameter name: case-class defaults through $lessinit$greater$default$N, names through Product. */
final class Config {
  static SpinalConfig build(Map<String, Object> v) {
    try {
      Constructor<?> c = Arrays.stream(SpinalConfig.class.getConstructors()).max(Comparator.comparingInt(Constructor::getParameterCount)).get();
      int n = c.getParameterCount();
      Object[] a = new Object[n];
      for (int i = 0; i < n; i++) a[i] = SpinalConfig$.class.getMethod("$lessinit$greater$default$" + (i + 1)).invoke(SpinalConfig$.MODULE$);
      SpinalConfig d = (SpinalConfig) c.newInstance(a);
      Set<String> left = new TreeSet<>(v.keySet());
      for (int i = 0; i < n; i++) if (left.remove(d.productElementName(i))) a[i] = v.get(d.productElementName(i));
      if (!left.isEmpty()) throw new IllegalArgumentException("SpinalConfig has no parameter " + left);
      return (SpinalConfig) c.newInstance(a);
    } catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }
  }
}
