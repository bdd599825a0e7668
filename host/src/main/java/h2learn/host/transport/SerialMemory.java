package h2learn.host.transport;

import h2learn.host.MemoryAccess;

/** The memory behind an accelerator, reached over the same {@link SerialLine}. */
public final class SerialMemory implements MemoryAccess {
    private final SerialLine line;

    public SerialMemory(SerialLine line) {
        this.line = line;
    }

    @Override
    public void write(long address, int[] words) {
        line.write(SerialProtocol.WRITE_MEMORY, address, words);
    }

    @Override
    public int[] read(long address, int count) {
        return line.read(SerialProtocol.READ_MEMORY, address, count);
    }
}
