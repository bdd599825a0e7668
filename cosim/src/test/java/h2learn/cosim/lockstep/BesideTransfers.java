package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.Model;
import h2learn.host.Transport;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A transport that gives the accelerator random LOADs and STOREs before each command that passes, so that they run
 * beside it. The third quarter of each scratchpad is LOAD's, the last is STORE's; a network must keep to the first half.
 * Some STOREs read all over the scratchpad, and what they read is not looked at.
 */
final class BesideTransfers implements Transport {
    static final long BASE = 0x1000_0000L;
    static final int BYTES = 1 << 21;

    /** LOADs read the first part of the memory; STOREs write the second, the unseen ones the third. */
    private static final int PART = BYTES / 4;

    private static final int COMMAND = Register.COMMAND.offset();
    private static final int LAST = COMMAND + 4 * (CommandField.WORDS - 1);
    private static final int FIFO_LEVEL = 0xFF00;
    private static final long BUDGET = 10_000_000;

    private final Model model;
    private final MemoryMap map;
    private final Transport bus;
    private final SplittableRandom random;
    private final int[] staged = new int[CommandField.WORDS];
    private final int[] source;
    private final int[] target;
    private final Map<Scratchpad, int[]> beats = new EnumMap<>(Scratchpad.class);
    private boolean active;

    BesideTransfers(Model model, MemoryMap map, long seed) {
        this.model = model;
        this.map = map;
        bus = new CosimTransport(model.bus());
        random = new SplittableRandom(seed);
        source = random.ints(PART / 4).toArray();
        target = new int[PART / 4];
        model.memory().load(BASE, source);
    }

    /** Fills the upper half of each scratchpad, from then on transfers run beside what passes. */
    void begin() {
        for (Scratchpad each : map.scratchpads()) {
            Window window = map.window(each);
            int half = window.words() / 2;
            beats.put(each, new int[window.words() * window.layout().beats()]);
            load(each, half, half);
            bus.poll(Register.STATUS.offset(), 1, 0, BUDGET);
        }
        active = true;
    }

    /** Nothing more passes beside; all that was moved is where it should be. */
    void check() {
        active = false;
        assertEquals(0, bus.read(Register.ERROR.offset(), 1)[0]);
        assertEquals(-1, model.memory().compare(BASE, source));
        assertEquals(-1, model.memory().compare(BASE + PART, target));
        for (Scratchpad each : map.scratchpads()) {
            Window window = map.window(each);
            int[] expected = contents(each);
            int half = expected.length / 2;
            int[] got = bus.read(window.address(window.words() / 2), expected.length - half);
            assertArrayEquals(java.util.Arrays.copyOfRange(expected, half, expected.length), got, each::toString);
        }
    }

    private int[] contents(Scratchpad scratchpad) {
        int[] found = beats.get(scratchpad);
        if (found == null) {
            throw new IllegalStateException("begin() comes first");
        }
        return found;
    }

    private void transfers() {
        Scratchpad[] all = map.scratchpads().toArray(Scratchpad[]::new);
        for (int count = random.nextInt(6); count >= 0; count--) {
            Scratchpad each = all[random.nextInt(all.length)];
            int words = map.window(each).words();
            int quarter = words / 4;
            int moved = 1 + random.nextInt(Math.min(quarter, 60));
            switch (random.nextInt(3)) {
                case 0 -> load(each, 2 * quarter + random.nextInt(quarter - moved + 1), moved);
                case 1 -> store(each, 3 * quarter + random.nextInt(quarter - moved + 1), moved);
                default -> push(Opcode.STORE, each, random.nextInt(words - moved + 1), moved, BASE + 2 * PART);
            }
        }
    }

    private void load(Scratchpad scratchpad, int word, int words) {
        int each = map.window(scratchpad).layout().beats();
        int from = random.nextInt(source.length - words * each + 1);
        int mask = -1 >>> 32 - map.window(scratchpad).layout().beatBits();
        for (int beat = 0; beat < words * each; beat++) {
            contents(scratchpad)[word * each + beat] = source[from + beat] & mask;
        }
        push(Opcode.LOAD, scratchpad, word, words, BASE + 4L * from);
    }

    private void store(Scratchpad scratchpad, int word, int words) {
        int each = map.window(scratchpad).layout().beats();
        int to = random.nextInt(target.length - words * each + 1);
        System.arraycopy(contents(scratchpad), word * each, target, to, words * each);
        push(Opcode.STORE, scratchpad, word, words, BASE + PART + 4L * to);
    }

    private void push(Opcode opcode, Scratchpad scratchpad, int word, int words, long address) {
        hand(Command.of(opcode)
                .with(CommandField.SCRATCHPAD, scratchpad.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, word)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, words)
                .with(CommandField.MEMORY_LOW, address)
                .build()
                .words());
    }

    private void hand(int[] words) {
        bus.poll(Register.STATUS.offset(), FIFO_LEVEL, 0, BUDGET);
        bus.write(COMMAND, words);
    }

    @Override
    public void writeEach(long[] addresses, int[] words) {
        if (addresses[0] < COMMAND || addresses[0] > LAST) {
            bus.writeEach(addresses, words);
            return;
        }
        boolean whole = false;
        for (int index = 0; index < words.length; index++) {
            staged[(int) (addresses[index] - COMMAND) / 4] = words[index];
            whole |= addresses[index] == LAST;
        }
        if (whole) {
            if (active) {
                transfers();
            }
            hand(staged);
        }
    }

    @Override
    public void write(long address, int[] words) {
        bus.write(address, words);
    }

    @Override
    public int[] read(long address, int count) {
        return bus.read(address, count);
    }

    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        return bus.poll(address, mask, value, cycleBudget);
    }
}
