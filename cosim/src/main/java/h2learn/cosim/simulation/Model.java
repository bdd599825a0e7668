package h2learn.cosim.simulation;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a model. It belongs to the thread that opened it: every other thread is refused, at {@link #close} too.
 * After {@link #close} everything but a further close throws {@link IllegalStateException}, in its ports, bus and
 * memories too.
 */
public final class Model implements AutoCloseable {
    private static final int OPEN_ATTEMPTS = 3;
    private static final int VARIABLE_BYTES = 24;
    private static final int TRACE_LEVELS = 99;
    private static final long REPLAY_DIFFERS = -2;
    private static final long REPLAY_UNWRITTEN = -3;

    private final Thread owner = Thread.currentThread();
    private final ModelOptions options;
    private final List<Port> ports;
    private final @Nullable Bus bus;
    private final @Nullable ExternalMemory memory;
    private long handle;
    private boolean recording;

    private Model(Path library, ModelOptions options) {
        this.options = options;
        this.handle = Pointer.nativeValue(NativeCore.withCopy(library, copy -> open(copy, options)));
        List<Port> found = new ArrayList<>();
        for (int i = 0, n = NativeCore.h2_port_count(handle); i < n; i++) {
            found.add(new Port(this, handle, i));
        }
        this.ports = List.copyOf(found);
        this.bus = options.busPrefix() == null
                ? null
                : new Bus(this, port(options.busPrefix() + "awaddr").width());
        MemoryPlace place = options.memory();
        this.memory = place == null ? null : new ExternalMemory(this, place, NativeCore.h2_memory_data(handle));
    }

    /** Builds {@code source} if needed and opens an instance. Throws as {@link VerilatorBuild#model} does. */
    public static Model open(VerilatorBuild build, ModelSource source, ModelOptions options) {
        for (int attempt = 1; ; attempt++) {
            Path library = build.model(source);
            try {
                return open(build, library, options);
            } catch (NativeCore.LibraryGoneException e) {
                // someone emptied the cache between the two
                if (attempt == OPEN_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Opens an instance of a library that {@link VerilatorBuild#model} gave. No cycle has run yet, all inputs are 0 and
     * the reset is not active.
     *
     * @throws IllegalArgumentException if a port that {@code options} name is missing or of another shape
     * @throws IllegalStateException if the library's file was deleted meanwhile
     */
    public static Model open(VerilatorBuild build, Path library, ModelOptions options) {
        NativeCore.load(build);
        return new Model(library, options);
    }

    private static Pointer open(Path copy, ModelOptions o) {
        Pointer sim = NativeCore.h2_open(
                copy.toString(), o.clock(), o.reset(), o.resetActiveLow() ? 1 : 0, o.busPrefix(), o.seed());
        if (sim == null) {
            throw new IllegalArgumentException("cannot open the model: " + NativeCore.h2_open_error());
        }
        MemoryPlace place = o.memory();
        if (place != null) {
            long handle = Pointer.nativeValue(sim);
            String error = NativeCore.h2_memory_open(handle, place.prefix(), place.base(), place.bytes());
            if (error != null) {
                NativeCore.h2_close(handle);
                throw new IllegalArgumentException("cannot open the model: " + error);
            }
        }
        return sim;
    }

    /** All ports, in the order in which the Verilog declares those of each size. */
    public List<Port> ports() {
        return ports;
    }

    /** Throws {@link IllegalArgumentException} when there is no such port. */
    public Port port(String name) {
        for (Port port : ports) {
            if (port.name().equals(name)) {
                return port;
            }
        }
        throw new IllegalArgumentException("the model has no port '" + name + "'; it has " + ports);
    }

    /** The AXI4-Lite master. Throws {@link IllegalStateException} when the options named no bus. */
    public Bus bus() {
        return Optional.ofNullable(bus)
                .orElseThrow(() -> new IllegalStateException("the model was opened without a bus prefix"));
    }

    /** The memory behind the AXI4 master. Throws {@link IllegalStateException} when the options named none. */
    public ExternalMemory memory() {
        return Optional.ofNullable(memory)
                .orElseThrow(() -> new IllegalStateException("the model was opened without an external memory"));
    }

    /**
     * Holds the reset for {@code cycles} (at least 1); the bus and the memory forget all transactions, in mid-burst too.
     * From the second cycle on the model must not drive a valid: {@link BusProtocolException} otherwise.
     */
    public void reset(long cycles) {
        long sim = handle();
        if (options.reset() == null) {
            throw new IllegalStateException("the model was opened without a reset port");
        }
        check(NativeCore.h2_reset(sim, atLeastOne(cycles)), "reset");
    }

    /** Runs {@code cycles} (at least 1) with the inputs as they are. */
    public void step(long cycles) {
        check(NativeCore.h2_step(handle(), atLeastOne(cycles)), "step");
    }

    /** Lets the inputs and the last edge's results reach the outputs; no clock edge. */
    public void settle() {
        check(NativeCore.h2_settle(handle()), "settle");
    }

    /** Clock cycles run so far, those in reset too. */
    public long cycle() {
        return NativeCore.h2_cycle(handle());
    }

    /** What {@code $display} and its like wrote: about the last 32 to 64 KiB. */
    public String output() {
        return NativeCore.h2_output(handle());
    }

    /**
     * Writes waves of the cycles {@code from} (included) to {@code to} (excluded) to {@code file}; only one file at a
     * time, a new one ends the one before. The model must be built with a trace format. An existing regular file is replaced;
     * anything else at that path (a link, a device, a pipe) is refused. When a VCD file cannot be written any more, the
     * run ends in a {@link VerilogFatalException}; the FST writer does not tell.
     */
    public void trace(Path file, long from, long to) {
        long sim = handle();
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("no cycles from " + from + " to " + to);
        }
        // the FST writer unlinks what is there before it opens the file: never a device or a pipe
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(file + " exists and is not a regular file");
        }
        switch (NativeCore.h2_trace_open(sim, file.toAbsolutePath().toString(), TRACE_LEVELS, from, to)) {
            case 0 -> {}
            case 1 -> throw new IllegalStateException("the model was built without waves");
            default -> throw new IllegalArgumentException("cannot write " + file);
        }
    }

    /** Ends the wave file, if one is open. */
    public void endTrace() {
        NativeCore.h2_trace_close(handle());
    }

    /**
     * Takes down the inputs of every cycle for {@link #replay}, as memory allows. Throws {@link IllegalStateException} after
     * the first cycle.
     */
    public void record() {
        if (cycle() != 0) {
            throw new IllegalStateException("a recording starts before the first cycle, not after " + cycle());
        }
        NativeCore.h2_record(handle());
        recording = true;
    }

    /**
     * Drives another instance, from power-up, with the recorded inputs in a plain native loop.
     *
     * @param check compares all outputs of each cycle with the recorded ones, by a checksum
     * @return seconds of the loop
     * @throws IllegalStateException when nothing was recorded, when that instance failed, or when an output differed
     */
    public double replay(boolean check) {
        return checked(NativeCore.h2_replay(recorded(), check ? 1 : 0, Long.MAX_VALUE)) / 1e9;
    }

    /**
     * Replays only the first cycles, without a check.
     *
     * @param cycles at least 1; if fewer were recorded, all are replayed
     * @return seconds of the loop
     * @throws IllegalStateException as {@link #replay(boolean)}
     */
    public double replay(long cycles) {
        return checked(NativeCore.h2_replay(recorded(), 0, atLeastOne(cycles))) / 1e9;
    }

    /**
     * Replays, with a check when it is all cycles, and writes the value of every port at every rising edge to {@code file}: all
     * {@link #ports} in their order, each in as many bytes as Verilator gives it, the lowest first.
     *
     * @param cycles at least 1; if fewer were recorded, all are replayed
     * @throws IllegalArgumentException when the file cannot be written
     * @throws IllegalStateException as {@link #replay(boolean)}
     */
    public void replayPorts(Path file, long cycles) {
        long result =
                NativeCore.h2_replay_ports(recorded(), file.toAbsolutePath().toString(), atLeastOne(cycles));
        if (result == REPLAY_UNWRITTEN) {
            throw new IllegalArgumentException("cannot write " + file);
        }
        checked(result);
    }

    private long recorded() {
        long sim = handle();
        if (!recording) {
            throw new IllegalStateException("nothing was recorded");
        }
        return sim;
    }

    private static long checked(long replayed) {
        if (replayed < 0) {
            throw new IllegalStateException(
                    replayed == REPLAY_DIFFERS ? "the replay gave other outputs" : "the model failed in the replay");
        }
        return replayed;
    }

    /**
     * Writes what was covered so far to {@code file}, in the format of verilator_coverage. The model must be built with
     * coverage.
     */
    public void writeCoverage(Path file) {
        switch (NativeCore.h2_coverage_write(handle(), file.toAbsolutePath().toString())) {
            case 0 -> {}
            case 1 -> throw new IllegalStateException("the model was built without coverage");
            default -> throw new IllegalArgumentException("cannot write " + file);
        }
    }

    /**
     * A memory or register by the back door. It must have been made public when the model was built, see
     * {@link h2learn.cosim.build.BackdoorVariable}.
     *
     * @param scope the instance's path, for example {@code TOP.top.engine.ram}
     * @param variable the name within it
     */
    public BackdoorMemory memory(String scope, String variable) {
        long sim = handle();
        try (Memory out = new Memory(VARIABLE_BYTES)) {
            switch (NativeCore.h2_variable_find(sim, scope, variable, out)) {
                case 0 -> {
                    return new BackdoorMemory(
                            this,
                            scope + "." + variable,
                            out.getPointer(0),
                            out.getInt(8),
                            out.getInt(12),
                            out.getInt(16));
                }
                case 1 -> throw new IllegalArgumentException("no instance " + scope + " with public variables");
                case 2 -> throw new IllegalArgumentException("no public variable " + variable + " in " + scope);
                default -> throw new IllegalArgumentException(
                        scope + "." + variable + " has more than one unpacked dimension");
            }
        }
    }

    /** Ends the instance and unloads its library. A second call does nothing. */
    @Override
    public void close() {
        checkThread();
        if (handle != 0) {
            long sim = handle;
            handle = 0;
            NativeCore.h2_close(sim);
        }
    }

    /** The native instance, for a call from the right thread while it is open. */
    long handle() {
        checkThread();
        if (handle == 0) {
            throw new IllegalStateException("the model is closed");
        }
        return handle;
    }

    private void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("the model belongs to thread '" + owner.getName()
                    + "', which opened it; thread '" + Thread.currentThread().getName() + "' must not use it");
        }
    }

    private void check(int status, String operation) {
        if (status != NativeResult.OK) {
            throw NativeResult.of(status, NativeCore.h2_cycle(handle)).exception(operation, NativeCore.h2_text(handle));
        }
    }

    private static long atLeastOne(long cycles) {
        if (cycles < 1) {
            throw new IllegalArgumentException("cycles must be at least 1, not " + cycles);
        }
        return cycles;
    }
}
