package h2learn.contract;

import java.util.List;

/** The 32-bit registers below {@link MemoryMap#REGISTER_BYTES}: the one description of which RTL, header and driver are made. */
public enum Register {
    ID(0x000, Access.READ, "constant 0x48324C52, \"H2LR\""),
    VERSION(0x004, Access.READ, "version of this register map", new Field("VERSION", 0, 32, "counts up")),
    HASH_LOW(0x008, Access.READ, "low word of the configuration's hash"),
    HASH_HIGH(0x00C, Access.READ, "high word of the configuration's hash"),
    CAPABILITIES(
            0x010,
            Access.READ,
            "sizes of this accelerator",
            new Field("LANES", 0, 8, "N"),
            new Field("LUT_INPUTS", 8, 4, "G"),
            new Field("BACKWARD_LANES", 16, 8, "B"),
            new Field("FIFO_DEPTH", 24, 8, "commands that the FIFO holds")),
    CONTROL(
            0x014,
            Access.WRITE,
            "actions; reads as 0",
            new Field("CLEAR_COUNTERS", 0, 1, "sets all performance and saturation counters to 0"),
            new Field(
                    "RESTART",
                    1,
                    1,
                    "aborts every command, empties the FIFO, clears ERROR; scratchpads keep what they hold")),
    STATUS(
            0x018,
            Access.READ,
            "what runs",
            new Field("BUSY", 0, 1, "a command runs or waits"),
            new Field("ERROR", 1, 1, "stopped, see ERROR: commands that ran ended, no other starts"),
            new Field("FIFO_LEVEL", 8, 8, "commands that wait"),
            new Field("ENGINES", 16, 11, "bit e: engine e runs")),
    COMPLETED(0x01C, Access.READ, "commands completed since reset or RESTART"),
    ERROR(
            0x020,
            Access.READ,
            "why the accelerator stopped",
            new Field("CODE", 0, 8, "see ErrorCode"),
            new Field("OPCODE", 8, 8, "opcode of the command that failed")),
    ERROR_INDEX(
            0x024,
            Access.READ,
            "index of the command that failed, in the order in which they were given, counted from reset or RESTART"),
    INTERRUPT_ENABLE(
            0x028,
            Access.READ_WRITE,
            "what raises the interrupt line",
            new Field("FENCE", 0, 1, "a FENCE completed"),
            new Field("ERROR", 1, 1, "an error stopped the accelerator")),
    INTERRUPT_PENDING(
            0x02C,
            Access.READ_WRITE,
            "write 1 to clear",
            new Field("FENCE", 0, 1, "a FENCE completed"),
            new Field("ERROR", 1, 1, "an error stopped the accelerator")),
    SCRATCH(0x030, Access.READ_WRITE, "free for the host, to test the bus"),
    OPTIONS(
            0x034,
            Access.READ,
            "which options this accelerator was generated with: bits as the keys of the config's options",
            new Field("SOFT_RESET", 0, 1, "layers may have the soft reset"),
            new Field("NO_RESET", 1, 1, "layers may have no reset"),
            new Field("DETACH_RESET", 2, 1, "DETACH_RESET is obeyed"),
            new Field("TRIANGLE", 3, 1, "layers may have the triangular surrogate"),
            new Field("ALPHA_SHIFT", 4, 1, "alpha must be a power of two"),
            new Field("MOMENTUM", 5, 1, "MOMENTUM is obeyed, and its scratchpad is there"),
            new Field("WEIGHT_DECAY", 6, 1, "DECAY_MULTIPLIER is obeyed"),
            new Field("STOCHASTIC_ROUNDING", 7, 1, "STOCHASTIC is obeyed")),
    COMMAND(
            0x040,
            CommandField.WORDS,
            Access.WRITE,
            "words of the next command; writing the last pushes it, SLVERR when the FIFO is full"),
    RING_BASE(
            0x080,
            2,
            Access.READ_WRITE,
            "byte address of the command ring in external memory, a multiple of 64; low word first"),
    RING_ENTRIES(
            0x088,
            Access.READ_WRITE,
            "size of the command ring",
            new Field("LOG2", 0, 5, "logarithm of the number of commands that it holds, 0 to 16")),
    RING_TAIL(
            0x08C,
            Access.READ_WRITE,
            "commands written to the ring since RESTART, modulo 2^32; command i lies in entry i mod entries"),
    RING_HEAD(0x090, Access.READ, "commands fetched from the ring since RESTART: their entries are free"),
    WATCHDOG(0x094, Access.READ_WRITE, "cycles without any progress after which the accelerator stops; 0: never"),
    QUEUE_STATE(
            0x0A0,
            CommandQueue.values().length,
            Access.READ,
            "per queue: what it does",
            new Field("STATE", 0, 3, QueueState.list()),
            new Field("LEVEL", 4, 4, "commands that wait behind it"),
            new Field("OPCODE", 8, 8, "opcode of its command"),
            new Field("MISSING", 16, 5, "queues that it waits for a token of")),
    QUEUE_INDEX(
            0x0C0,
            CommandQueue.values().length,
            Access.READ,
            "per queue: index of its command, the last one when idle"),
    CYCLES(0x100, 2, Access.READ, "clock cycles, low word first"),
    OVERLAP(
            0x108,
            2,
            Access.READ,
            "clock cycles in which the queues FORWARD, BACKWARD and GRADIENT each ran a command, low word first"),
    COUNTERS(
            0x120,
            8 * Engine.values().length,
            Access.READ,
            "per engine four 64-bit counters: busy, useful, items, skipped; low word first"),
    SATURATIONS(0x300, 16, Access.READ, "per layer: values of gu and ds that were clipped");

    /** Value of the ID register. */
    public static final int IDENTIFIER = 0x48324C52;
    /** Value of the VERSION register. */
    public static final int MAP_VERSION = 2;
    /** Commands that the FIFO holds. */
    public static final int FIFO_DEPTH = 16;
    /** Largest value of RING_ENTRIES. */
    public static final int MAXIMUM_RING_LOG2 = 16;
    /** Bit numbers used by both sides. */
    public static final int CLEAR_COUNTERS = 1;

    public static final int RESTART = 2;
    public static final int INTERRUPT_FENCE = 1;
    public static final int INTERRUPT_ERROR = 2;

    /** What the host may do. */
    public enum Access {
        READ,
        WRITE,
        READ_WRITE
    }

    /** @param low lowest bit */
    public record Field(String name, int low, int bits, String meaning) {
        /** The field's value in a word of its register, unsigned. */
        public int get(int word) {
            return word >>> low & (int) ((1L << bits) - 1);
        }
    }

    private final int offset;
    private final int count;
    private final Access access;
    private final String meaning;
    private final List<Field> fields;

    Register(int offset, Access access, String meaning, Field... fields) {
        this(offset, 1, access, meaning, fields);
    }

    Register(int offset, int count, Access access, String meaning, Field... fields) {
        this.offset = offset;
        this.count = count;
        this.access = access;
        this.meaning = meaning;
        this.fields = List.of(fields);
    }

    /** Byte address of the first word. */
    public int offset() {
        return offset;
    }

    /** Byte address of word {@code index} of a register array. */
    public int offset(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(name() + " has " + count + " words, not a word " + index);
        }
        return offset + 4 * index;
    }

    /** 32-bit words. */
    public int count() {
        return count;
    }

    public Access access() {
        return access;
    }

    public String meaning() {
        return meaning;
    }

    public List<Field> fields() {
        return fields;
    }

    /** The field of that name. */
    public Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " has no field " + name));
    }
}
