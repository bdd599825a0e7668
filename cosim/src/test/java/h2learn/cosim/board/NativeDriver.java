package h2learn.cosim.board;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import h2learn.cosim.simulation.BusErrorException;
import h2learn.host.TransportException;
import h2learn.host.driver.Board;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The C driver in this process, on any board: each of its accesses comes back here. */
final class NativeDriver implements AutoCloseable {
    private static final int DONE = 0;
    private static final int NO_ANSWER = 1;
    private static final int BUS_ERROR = 2;
    private static final int TEXT_BYTES = 1024;

    /** A register is read. */
    @FunctionalInterface
    interface ReadRegister extends Callback {
        int invoke(Pointer context, int offset, Pointer word);
    }

    /** A register is written. */
    @FunctionalInterface
    interface WriteRegister extends Callback {
        int invoke(Pointer context, int offset, int word);
    }

    /** Memory is read or written. */
    @FunctionalInterface
    interface MoveWords extends Callback {
        int invoke(Pointer context, long address, Pointer words, int count);
    }

    /** The driver waits. */
    @FunctionalInterface
    interface Wait extends Callback {
        void invoke(Pointer context);
    }

    /** The functions of h2learn.h and of the shim. */
    interface Functions extends Library {
        Pointer shim_new(
                ReadRegister readRegister,
                WriteRegister writeRegister,
                MoveWords readMemory,
                MoveWords writeMemory,
                Wait wait,
                long base,
                long bytes,
                int patience);

        void shim_free(Pointer made);

        Pointer shim_board(Pointer made);

        Pointer shim_device(Pointer made);

        int h2learn_open(Pointer device, Pointer board);

        int h2learn_load(Pointer device, Pointer image, long bytes);

        int h2learn_steps(Pointer device);

        int h2learn_step(Pointer device, int step);

        int h2learn_step_sizes(Pointer device, int step, Pointer sampleBytes, Pointer labelBytes);

        int h2learn_step_with(
                Pointer device, int step, Pointer samples, long sampleBytes, Pointer labels, long labelBytes);

        int h2learn_finish(Pointer device);

        int h2learn_verify(Pointer device);

        int h2learn_layers(Pointer device);

        int h2learn_read_weights(
                Pointer device, int layer, Pointer weights, long room, @Nullable Pointer biases, long biasRoom);

        int h2learn_read_counters(Pointer device, Pointer counters);

        int h2learn_selftest(Pointer device, Pointer board, Pointer image, long bytes);

        String h2learn_last_test(Pointer device);

        long h2learn_explain(Pointer device, Pointer text, long bytes);

        long h2learn_state(Pointer device, Pointer text, long bytes);
    }

    /** A function of the driver failed; the message is its own explanation. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String explanation) {
            super(explanation);
        }
    }

    private final Board board;
    private final Functions functions;
    private final Pointer made;
    private final Pointer device;
    private final @Nullable Memory image;
    // Kept here, or they would be collected while C still has their addresses.
    private final ReadRegister readRegister = this::readRegister;
    private final WriteRegister writeRegister = this::writeRegister;
    private final MoveWords readMemory = this::readMemory;
    private final MoveWords writeMemory = this::writeMemory;
    private final Wait wait;

    /**
     * @param library that {@link DriverLibrary} compiled
     * @param file an image
     * @param between run whenever the driver waits
     * @param patience looks without progress before a time-out; 0 for the driver's own
     */
    NativeDriver(Path library, Board board, byte[] file, Runnable between, int patience) {
        this.board = board;
        wait = context -> between.run();
        functions = Native.load(library.toString(), Functions.class);
        image = new Memory(file.length);
        image.write(0, file, 0, file.length);
        made = functions.shim_new(
                readRegister,
                writeRegister,
                readMemory,
                writeMemory,
                wait,
                board.memoryBase(),
                board.memoryBytes(),
                patience);
        device = functions.shim_device(made);
    }

    private int readRegister(Pointer context, int offset, Pointer word) {
        return answer(() -> word.setInt(0, board.registers().read(Integer.toUnsignedLong(offset), 1)[0]));
    }

    private int writeRegister(Pointer context, int offset, int word) {
        return answer(() -> board.registers().write(Integer.toUnsignedLong(offset), new int[] {word}));
    }

    private int readMemory(Pointer context, long address, Pointer words, int count) {
        return answer(() -> words.write(0, board.memory().read(address, count), 0, count));
    }

    private int writeMemory(Pointer context, long address, Pointer words, int count) {
        return answer(() -> board.memory().write(address, words.getIntArray(0, count)));
    }

    /** An exception must not go through C. */
    private static int answer(Runnable access) {
        try {
            access.run();
            return DONE;
        } catch (TransportException failure) {
            return failure.getCause() instanceof BusErrorException ? BUS_ERROR : NO_ANSWER;
        }
    }

    private void check(int code) {
        if (code != DONE) {
            throw new Failure(explain());
        }
    }

    String explain() {
        try (Memory text = new Memory(TEXT_BYTES)) {
            long length = functions.h2learn_explain(device, text, text.size());
            String words = text.getString(0, StandardCharsets.UTF_8.name());
            if (length != words.length()) {
                throw new IllegalStateException("of " + length + " characters " + words.length() + " came");
            }
            return words;
        }
    }

    String state() {
        try (Memory text = new Memory(TEXT_BYTES)) {
            functions.h2learn_state(device, text, text.size());
            return text.getString(0, StandardCharsets.UTF_8.name());
        }
    }

    /** A text that is cut: as many characters as there is room for. */
    String explain(int bytes) {
        try (Memory text = new Memory(TEXT_BYTES)) {
            text.setMemory(0, text.size(), (byte) '#');
            functions.h2learn_explain(device, text, bytes);
            if (text.getByte(bytes) != '#') {
                throw new IllegalStateException("written beyond the room");
            }
            return text.getString(0, StandardCharsets.UTF_8.name());
        }
    }

    void open() {
        check(functions.h2learn_open(device, functions.shim_board(made)));
    }

    void load() {
        check(functions.h2learn_load(device, image, image.size()));
    }

    int steps() {
        return functions.h2learn_steps(device);
    }

    void step(int step) {
        check(functions.h2learn_step(device, step));
    }

    /** A step with other bytes than the image's. */
    void step(int step, byte[] samples, byte[] labels) {
        try (Memory sizes = new Memory(16);
                Memory own = new Memory(samples.length);
                Memory classes = new Memory(labels.length)) {
            check(functions.h2learn_step_sizes(device, step, sizes, sizes.share(8)));
            if (sizes.getLong(0) != samples.length || sizes.getLong(8) != labels.length) {
                throw new IllegalStateException(sizes.getLong(0) + " and " + sizes.getLong(8) + " bytes are due");
            }
            own.write(0, samples, 0, samples.length);
            classes.write(0, labels, 0, labels.length);
            check(functions.h2learn_step_with(device, step, own, samples.length, classes, labels.length));
        }
    }

    void finish() {
        check(functions.h2learn_finish(device));
    }

    void verify() {
        check(functions.h2learn_verify(device));
    }

    int layers() {
        return functions.h2learn_layers(device);
    }

    /** Weights and biases, one behind the other. */
    int[] weights(int layer, int weights, int biases) {
        try (Memory memory = new Memory(4L * (weights + biases))) {
            Pointer second = biases == 0 ? null : memory.share(4L * weights);
            check(functions.h2learn_read_weights(device, layer, memory, weights, second, biases));
            return memory.getIntArray(0, weights + biases);
        }
    }

    /** The counters as the C structure lies in memory: cycles, overlap, four of each engine. */
    long[] counters(int engines, int layers) {
        int longs = 2 + 4 * engines;
        try (Memory memory = new Memory(8L * longs + 4L * layers)) {
            check(functions.h2learn_read_counters(device, memory));
            return memory.getLongArray(0, longs);
        }
    }

    /** Null when it passes, else the test that failed and why. */
    @Nullable
    String selfTest() {
        int code = functions.h2learn_selftest(device, functions.shim_board(made), image, image.size());
        return code == DONE ? null : functions.h2learn_last_test(device) + ": " + explain();
    }

    @Override
    public void close() {
        functions.shim_free(made);
    }
}
