package h2learn.cosim.simulation;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import h2learn.cosim.build.VerilatorBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the native core, mapped directly. A handle is a Sim of h2_core.h. The core is loaded once in a
 * process; all models run on it.
 */
final class NativeCore {
    private static boolean loaded;

    private NativeCore() {}

    static synchronized void load(VerilatorBuild build) {
        if (loaded) {
            return;
        }
        withCopy(build.core(), copy -> {
            NativeLibrary library =
                    NativeLibrary.getInstance(copy.toString(), Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
            Native.register(NativeCore.class, library);
            return library;
        });
        loaded = true;
    }

    /** What loads a library. */
    @FunctionalInterface
    interface Loader<T> {
        T load(Path copy);
    }

    /**
     * Loads a copy with a name of its own, so that nothing that happens to the file in the cache touches a loaded
     * library, and one library loaded twice is two. The copy's name is gone when this returns.
     */
    static <T> T withCopy(Path library, Loader<T> loader) {
        try {
            Path copy = Files.createTempFile(library.toAbsolutePath().getParent(), "h2", ".loading");
            try {
                Files.write(copy, Files.readAllBytes(library));
                return loader.load(copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (NoSuchFileException e) {
            throw new LibraryGoneException(library, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot load " + library + ": " + e.getMessage(), e);
        }
    }

    /** The library was deleted since it was built. */
    static final class LibraryGoneException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        LibraryGoneException(Path library, Throwable cause) {
            super(library + " is gone; build it again", cause);
        }
    }

    static native @Nullable Pointer h2_open(
            String library, String clock, @Nullable String reset, int activeLow, @Nullable String prefix, int seed);

    static native String h2_open_error();

    static native void h2_close(long sim);

    static native long h2_cycle(long sim);

    static native String h2_text(long sim);

    static native String h2_output(long sim);

    static native int h2_port_count(long sim);

    static native String h2_port_name(long sim, int port);

    static native int h2_port_width(long sim, int port);

    static native int h2_port_direction(long sim, int port);

    static native int h2_port_bytes(long sim, int port);

    static native long h2_port_get(long sim, int port);

    static native void h2_port_set(long sim, int port, long value);

    static native void h2_port_get_wide(long sim, int port, Pointer to);

    static native void h2_port_set_wide(long sim, int port, Pointer from);

    static native int h2_settle(long sim);

    static native int h2_step(long sim, long cycles);

    static native int h2_reset(long sim, long cycles);

    static native void h2_stalls(long sim, long seed, int aw, int w, int b, int ar, int r);

    static native void h2_outstanding(long sim, int transactions);

    /** Null, or what is wrong; the memory must not be used then. */
    static native @Nullable String h2_memory_open(long sim, String prefix, long base, long bytes);

    static native Pointer h2_memory_data(long sim);

    static native void h2_memory_timing(long sim, long seed, int[] values);

    static native void h2_memory_errors(
            long sim, long seed, int readChance, int writeChance, long[] intervals, int count);

    static native void h2_memory_statistics(long sim, Pointer out);

    static native void h2_memory_statistics_clear(long sim);

    static native int h2_execute(long sim, Pointer operations, int count, Pointer result);

    static native int h2_trace_open(long sim, String file, int levels, long from, long to);

    static native void h2_trace_close(long sim);

    static native void h2_record(long sim);

    /** Nanoseconds, -1 when the model failed, -2 when an output differed. */
    static native long h2_replay(long sim, int check, long cycles);

    /** 0, -1 and -2 as {@link #h2_replay}, -3 when the file cannot be written. */
    static native long h2_replay_ports(long sim, String file, long cycles);

    static native int h2_coverage_write(long sim, String file);

    static native int h2_variable_find(long sim, String scope, String name, Pointer out);

    static native void h2_elements_read(Pointer from, int bytes, long count, Pointer to, int sizeTo);

    static native long h2_elements_compare(Pointer got, int bytes, long count, Pointer expected, int sizeExpected);
}
