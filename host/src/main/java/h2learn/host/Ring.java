package h2learn.host;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Register;
import java.util.Arrays;
import java.util.List;

/**
 * The host's side of the command ring in external memory: writes commands into free entries and moves RING_TAIL, which
 * lets the accelerator fetch them. The order between queues is that of the commands' tokens.
 */
public final class Ring {
    /** Each takes some cycles; more than any command needs to start. */
    private static final long MOST_READS = 10_000_000;

    private final Transport transport;
    private final MemoryAccess memory;
    private final long base;
    private final int entriesLog2;
    private int tail;

    /**
     * @param base byte address in external memory, a multiple of {@link CommandField#BYTES}
     * @param entriesLog2 logarithm of the number of commands that the ring holds, 0 to {@link
     *     Register#MAXIMUM_RING_LOG2}
     */
    public Ring(Transport transport, MemoryAccess memory, long base, int entriesLog2) {
        if (base % CommandField.BYTES != 0 || entriesLog2 < 0 || entriesLog2 > Register.MAXIMUM_RING_LOG2) {
            throw new IllegalArgumentException("no ring of 2^" + entriesLog2 + " commands at address " + base);
        }
        this.transport = transport;
        this.memory = memory;
        this.base = base;
        this.entriesLog2 = entriesLog2;
    }

    /** Bytes of external memory that a ring takes. */
    public static long bytes(int entriesLog2) {
        return (long) CommandField.BYTES << entriesLog2;
    }

    /** Tells the accelerator where the ring lies; nothing is in it. For use after a reset or RESTART. */
    public void open() {
        transport.write(Register.RING_TAIL.offset(), new int[] {0});
        transport.write(Register.RING_BASE.offset(), new int[] {(int) base, (int) (base >>> 32)});
        transport.write(Register.RING_ENTRIES.offset(), new int[] {entriesLog2});
        tail = 0;
    }

    /**
     * Writes commands and returns when the accelerator may fetch the last of them; waits for free entries, but not for
     * the commands to be done. Throws {@link TransportException} when no entry becomes free.
     */
    public void submit(List<Command> commands) {
        submit(Command.words(commands));
    }

    /**
     * The same for commands as the hardware takes them.
     *
     * @param words {@link CommandField#WORDS} a command
     */
    public void submit(int[] words) {
        int commands = words.length / CommandField.WORDS;
        int entries = 1 << entriesLog2;
        int from = 0;
        while (from < commands) {
            int used = tail - transport.read(Register.RING_HEAD.offset(), 1)[0];
            int free = entries - used;
            if (free == 0) {
                awaitFetch();
                continue;
            }
            int count = Math.min(free, commands - from);
            for (int index = 0; index < count; index++) {
                long entry = tail + index & entries - 1;
                int first = (from + index) * CommandField.WORDS;
                memory.write(
                        base + entry * CommandField.BYTES,
                        Arrays.copyOfRange(words, first, first + CommandField.WORDS));
            }
            tail += count;
            transport.write(Register.RING_TAIL.offset(), new int[] {tail});
            from += count;
        }
    }

    /**
     * Waits until the oldest entry of a full ring is fetched or the accelerator stopped. The head is read and not polled
     * for one bit: more than one command may be fetched between two reads, and then no bit need differ.
     */
    private void awaitFetch() {
        int full = tail - (1 << entriesLog2);
        for (long read = 0; read < MOST_READS; read++) {
            if (transport.read(Register.RING_HEAD.offset(), 1)[0] != full) {
                return;
            }
            int status = transport.read(Register.STATUS.offset(), 1)[0];
            if (Register.STATUS.field("ERROR").get(status) != 0) {
                throw new TransportException(CommandPort.refusal(transport));
            }
        }
        throw new TransportException("the accelerator fetched nothing from a full ring, command " + full
                + " comes next; " + EngineStates.read(transport));
    }
}
