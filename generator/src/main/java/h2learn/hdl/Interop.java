package h2learn.hdl;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.collection.mutable.ListBuffer;
import scala.runtime.BoxedUnit;
import spinal.core.BitCount;
import spinal.idslplugin.Location;

/** Conversions between Java's and Scala's functions, collections and numbers. */
final class Interop {
    private Interop() {}

    static Function0<BoxedUnit> unit(Runnable body) {
        return () -> {
            body.run();
            return BoxedUnit.UNIT;
        };
    }

    static BitCount bits(int width) {
        return new BitCount(width);
    }

    static scala.math.BigInt big(BigInteger value) {
        return new scala.math.BigInt(value);
    }

    /** Scala's varargs are an immutable Seq to Java. */
    @SafeVarargs
    static <T> scala.collection.immutable.Seq<T> seq(T... values) {
        return seq(Arrays.asList(values));
    }

    static <T> scala.collection.immutable.Seq<T> seq(Collection<? extends T> values) {
        ListBuffer<T> buffer = new ListBuffer<>();
        values.forEach(buffer::addOne);
        return buffer.toList();
    }

    static <T> List<T> list(scala.collection.Iterable<T> values) {
        List<T> result = new ArrayList<>();
        scala.collection.Iterator<T> iterator = values.iterator();
        while (iterator.hasNext()) {
            result.add(iterator.next());
        }
        return result;
    }

    /** Where the user's code called this layer, as SpinalHDL wants it: Scala's compiler would pass it by a macro. */
    static Location location() {
        StackTraceElement frame = Source.caller();
        return frame == null
                ? new Location("unknown", 0, 0)
                : new Location(withoutExtension(frame.getFileName()), frame.getLineNumber(), 0);
    }

    private static String withoutExtension(@Nullable String file) {
        return file == null ? "unknown" : file.replaceFirst("\\.java$", "");
    }
}
