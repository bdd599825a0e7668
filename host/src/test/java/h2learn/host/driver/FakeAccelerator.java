package h2learn.host.driver;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Register;
import h2learn.host.MemoryAccess;
import h2learn.host.Transport;
import h2learn.host.TransportException;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Registers and memory of an accelerator whose commands the golden machine runs at once; with faults to be found. */
public final class FakeAccelerator implements Transport, MemoryAccess {
    private final ExternalMemory memory;
    private final Machine machine;
    private final Map<Long, Integer> registers = new TreeMap<>();
    private final Map<Long, Integer> stuckAtOne = new HashMap<>();
    private final Map<Long, Integer> stuckAtZero = new HashMap<>();
    private boolean silent;
    private boolean hangs;
    private long lines = -1;
    private int head;

    public FakeAccelerator(AcceleratorConfig config, long memoryBytes) {
        memory = new ExternalMemory(memoryBytes);
        machine = new Machine(config, memory);
        ConfigHash hash = ConfigHash.of(config);
        set(Register.ID, Register.IDENTIFIER);
        set(Register.VERSION, Register.MAP_VERSION);
        set(Register.HASH_LOW, hash.lowWord());
        set(Register.HASH_HIGH, hash.highWord());
        set(
                Register.CAPABILITIES,
                config.lanes()
                        | config.lut().inputs()
                                << Register.CAPABILITIES.field("LUT_INPUTS").low()
                        | config.backward().lanes()
                                << Register.CAPABILITIES.field("BACKWARD_LANES").low());
    }

    /** What a register reads from now on. */
    void set(Register register, int value) {
        registers.put((long) register.offset(), value);
    }

    /** No access is answered from now on. */
    void silence() {
        silent = true;
    }

    /** The first command of the ring never ends. */
    void hang() {
        hangs = true;
    }

    /** A bit of memory that does not change. */
    void stick(long address, int bit, int value) {
        (value == 1 ? stuckAtOne : stuckAtZero).merge(address, 1 << bit, (a, b) -> a | b);
    }

    /** An address line that is not connected: reads as 0 at the memory. */
    void cut(int line) {
        lines = ~(1L << line);
    }

    /** What a host sees of memory. */
    public MemoryAccess memory() {
        return new MemoryAccess() {
            @Override
            public void write(long address, int[] words) {
                for (int index = 0; index < words.length; index++) {
                    memory.write((address + 4L * index) & lines, words[index]);
                }
            }

            @Override
            public int[] read(long address, int count) {
                int[] words = new int[count];
                for (int index = 0; index < count; index++) {
                    long at = (address + 4L * index) & lines;
                    words[index] =
                            (memory.read(at, 1)[0] | stuckAtOne.getOrDefault(at, 0)) & ~stuckAtZero.getOrDefault(at, 0);
                }
                return words;
            }
        };
    }

    @Override
    public void write(long address, int[] words) {
        answer(address);
        for (int index = 0; index < words.length; index++) {
            registers.put(address + 4L * index, words[index]);
        }
        if (address == Register.CONTROL.offset() && words[0] == Register.RESTART) {
            head = 0;
        } else if (address == Register.RING_TAIL.offset() && words[0] != head) {
            fetch(words[0]);
        }
    }

    private void fetch(int tail) {
        if (hangs) {
            int waits = 3 | 11 << 8 | 2 << 16;
            registers.put((long) Register.STATUS.offset(), 1 | 1 << 16 + 9);
            registers.put((long) Register.QUEUE_STATE.offset(0), waits);
            registers.put((long) Register.QUEUE_INDEX.offset(0), 17);
            return;
        }
        long base = Integer.toUnsignedLong(registers.get((long) Register.RING_BASE.offset()));
        int mask = (1 << registers.get((long) Register.RING_ENTRIES.offset())) - 1;
        for (; head != tail; head++) {
            machine.run(
                    Command.ofWords(memory.read(base + (long) (head & mask) * CommandField.BYTES, CommandField.WORDS)));
        }
        set(Register.RING_HEAD, head);
    }

    @Override
    public void writeEach(long[] addresses, int[] words) {
        for (int index = 0; index < words.length; index++) {
            write(addresses[index], new int[] {words[index]});
        }
    }

    @Override
    public int[] read(long address, int count) {
        answer(address);
        registers.merge((long) Register.CYCLES.offset(), 1, Integer::sum);
        int[] words = new int[count];
        for (int index = 0; index < count; index++) {
            words[index] = registers.getOrDefault(address + 4L * index, 0);
        }
        return words;
    }

    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        int word = read(address, 1)[0];
        if ((word & mask) != value) {
            throw new TransportException("the register at " + address + " did not take the value");
        }
        return word;
    }

    private void answer(long address) {
        if (silent) {
            throw new TransportException("no answer for the register at " + address);
        }
    }
}
