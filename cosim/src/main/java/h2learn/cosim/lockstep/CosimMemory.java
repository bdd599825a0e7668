package h2learn.cosim.lockstep;

import h2learn.cosim.simulation.ExternalMemory;
import h2learn.host.MemoryAccess;
import h2learn.host.TransportException;

/** The host's way to the memory behind a simulated accelerator: takes no cycle. */
public final class CosimMemory implements MemoryAccess {
    private final ExternalMemory memory;

    public CosimMemory(ExternalMemory memory) {
        this.memory = memory;
    }

    @Override
    public void write(long address, int[] words) {
        try {
            memory.load(address, words);
        } catch (IllegalArgumentException beyond) {
            throw new TransportException(beyond.getMessage(), beyond);
        }
    }

    @Override
    public int[] read(long address, int count) {
        try {
            return memory.read(address, count);
        } catch (IllegalArgumentException beyond) {
            throw new TransportException(beyond.getMessage(), beyond);
        }
    }
}
