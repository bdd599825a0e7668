package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.CommandPort;
import h2learn.host.MemoryAccess;
import h2learn.host.Ring;
import h2learn.host.Transport;
import java.util.List;

/** Runs programs from the ring that a plan's layout leaves room for. */
public final class RingRunner implements ProgramRunner {
    private final MemoryAccess memory;
    private final CommandPort port;
    private final Ring ring;

    /**
     * @param transport to the registers
     * @param memory the accelerator's external memory
     */
    public RingRunner(Transport transport, MemoryAccess memory, MemoryLayout layout) {
        this.memory = memory;
        port = new CommandPort(transport);
        ring = new Ring(transport, memory, layout.ring().address(), MemoryLayout.RING_ENTRIES_LOG2);
    }

    /**
     * After a reset: checks that the accelerator is there and is the one of this configuration, and opens the ring.
     * Throws {@link h2learn.host.TransportException}.
     */
    public void open(AcceleratorConfig config) {
        port.open(config);
        ring.open();
    }

    @Override
    public void run(List<Command> program) {
        ring.submit(program);
        port.awaitIdle();
    }

    @Override
    public void write(long address, int[] words) {
        memory.write(address, words);
    }

    @Override
    public int[] read(long address, int count) {
        return memory.read(address, count);
    }

    /** Registers and counters. */
    public CommandPort port() {
        return port;
    }
}
