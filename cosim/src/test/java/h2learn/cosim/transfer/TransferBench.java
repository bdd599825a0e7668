package h2learn.cosim.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.ExternalMemory;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.emit.AcceleratorVerilog;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** An accelerator with an external memory, and what both should hold: 32-bit beats of the memory and of each scratchpad. */
final class TransferBench implements AutoCloseable {
    static final long BASE = 0x4000_0000L;
    static final int BYTES = 1 << 18;

    private static final long BUDGET = 200_000;

    /** @param row row of {@code rowWords} scratchpad words; strides in bytes and in words */
    record Transfer(
            Scratchpad scratchpad, int word, int wordStride, int rows, int rowWords, long address, long addressStride) {
        Command command(Opcode opcode) {
            return Command.of(opcode)
                    .with(CommandField.SCRATCHPAD, scratchpad.ordinal())
                    .with(CommandField.SCRATCHPAD_WORD, word)
                    .with(CommandField.SCRATCHPAD_STRIDE, wordStride)
                    .with(CommandField.ROWS, rows)
                    .with(CommandField.ROW_WORDS, rowWords)
                    .with(CommandField.MEMORY_LOW, address & 0xFFFF_FFFFL)
                    .with(CommandField.MEMORY_HIGH, address >>> 32)
                    .with(CommandField.MEMORY_STRIDE, addressStride)
                    .build();
        }
    }

    private final MemoryMap map;
    final Model model;
    final ExternalMemory external;
    final int[] memory = new int[BYTES / 4];
    private final Map<Scratchpad, int[]> contents = new EnumMap<>(Scratchpad.class);

    TransferBench(AcceleratorConfig config, int seed) {
        map = new MemoryMap(config);
        model = Model.open(
                VerilatorBuild.standard(),
                ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)),
                ModelOptions.defaults()
                        .withBus("s_axi_")
                        .withMemory(new MemoryPlace("m_axi_", BASE, BYTES))
                        .withSeed(seed));
        external = model.memory();
        model.reset(2);
        SplittableRandom random = new SplittableRandom(seed);
        for (Scratchpad each : map.scratchpads()) {
            contents.put(each, new int[words(each) * beats(each)]);
        }
        for (int index = 0; index < memory.length; index++) {
            memory[index] = random.nextInt();
        }
        external.load(BASE, memory);
    }

    MemoryMap map() {
        return map;
    }

    int words(Scratchpad scratchpad) {
        return map.window(scratchpad).words();
    }

    int beats(Scratchpad scratchpad) {
        return map.window(scratchpad).layout().beats();
    }

    int[] contents(Scratchpad scratchpad) {
        int[] beats = contents.get(scratchpad);
        if (beats == null) {
            throw new IllegalArgumentException("no " + scratchpad);
        }
        return beats;
    }

    private int mask(Scratchpad scratchpad) {
        return -1 >>> 32 - map.window(scratchpad).layout().beatBits();
    }

    /** Runs the command in the accelerator and waits until it is idle. */
    void run(Command command) {
        push(command);
        awaitIdle();
    }

    void push(Command command) {
        model.bus()
                .batch()
                .writeBlock(Register.COMMAND.offset(), command.words())
                .run();
    }

    void awaitIdle() {
        model.bus().batch().poll(Register.STATUS.offset(), 1, 0, BUDGET).run();
    }

    /** The error code, 0 for none. */
    int error() {
        return model.bus().read(Register.ERROR.offset()) & 0xFF;
    }

    void restart() {
        model.bus().write(Register.CONTROL.offset(), Register.RESTART);
        awaitIdle();
    }

    void clearCounters() {
        model.bus().write(Register.CONTROL.offset(), Register.CLEAR_COUNTERS);
    }

    /** Low words of the counters busy, useful, items and skipped. */
    int[] counters(Engine engine) {
        int[] words = new int[8];
        model.bus()
                .batch()
                .readBlock(Register.COUNTERS.offset(8 * engine.ordinal()), words)
                .run();
        return new int[] {words[0], words[2], words[4], words[6]};
    }

    /** Moves in the accelerator and in this class's copies. */
    void load(Transfer transfer) {
        run(transfer.command(Opcode.LOAD));
        assertEquals(0, error(), transfer::toString);
        expectLoad(transfer);
    }

    void store(Transfer transfer) {
        run(transfer.command(Opcode.STORE));
        assertEquals(0, error(), transfer::toString);
        expectStore(transfer);
    }

    void expectLoad(Transfer transfer) {
        int[] beats = contents(transfer.scratchpad);
        move(transfer, (inPad, inMemory) -> beats[inPad] = memory[inMemory] & mask(transfer.scratchpad));
    }

    void expectStore(Transfer transfer) {
        int[] beats = contents(transfer.scratchpad);
        move(transfer, (inPad, inMemory) -> memory[inMemory] = beats[inPad]);
    }

    interface Move {
        void move(int beatInScratchpad, int beatInMemory);
    }

    void move(Transfer transfer, Move move) {
        int beats = beats(transfer.scratchpad);
        for (int row = 0; row < transfer.rows; row++) {
            int from = (transfer.word + row * transfer.wordStride) * beats;
            int to = Math.toIntExact((transfer.address + row * transfer.addressStride - BASE) / 4);
            for (int beat = 0; beat < transfer.rowWords * beats; beat++) {
                move.move(from + beat, to + beat);
            }
        }
    }

    /** Loads every scratchpad with what lies from a random place on in memory, and so all of it is known. */
    void loadAll(SplittableRandom random) {
        for (Scratchpad each : map.scratchpads()) {
            int bytes = 4 * words(each) * beats(each);
            long address = BASE + 4L * random.nextInt((BYTES - bytes) / 4 + 1);
            load(new Transfer(each, 0, 0, 1, words(each), address, 0));
        }
    }

    void checkMemory(Object what) {
        int at = external.compare(BASE, memory);
        if (at >= 0) {
            int got = external.read(BASE + 4L * at, 1)[0];
            throw new AssertionError(what + ": memory at 0x" + Long.toHexString(BASE + 4L * at) + " is 0x"
                    + Integer.toHexString(got) + ", not 0x" + Integer.toHexString(memory[at]));
        }
    }

    /** Through the host's window. */
    void checkScratchpad(Scratchpad scratchpad, Object what) {
        assertArrayEquals(contents(scratchpad), readWindow(scratchpad), () -> what + ": " + scratchpad);
    }

    int[] readWindow(Scratchpad scratchpad) {
        Window window = map.window(scratchpad);
        int[] got = new int[contents(scratchpad).length];
        model.bus().batch().readBlock(window.base(), got).run();
        return got;
    }

    /** Takes memory and scratchpad as they are: after an error or a RESTART part of a transfer was made. */
    void accept(Scratchpad scratchpad) {
        int[] got = readWindow(scratchpad);
        System.arraycopy(got, 0, contents(scratchpad), 0, got.length);
        System.arraycopy(external.read(BASE, memory.length), 0, memory, 0, memory.length);
    }

    @Override
    public void close() {
        model.close();
    }
}
