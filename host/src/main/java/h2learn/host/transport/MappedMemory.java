package h2learn.host.transport;

import h2learn.host.MemoryAccess;
import h2learn.host.TransportException;
import java.util.Locale;

/** The memory behind an accelerator where it lies in this machine's address space. */
public final class MappedMemory implements MemoryAccess {
    private final MappedFile memory;
    private final long base;

    /**
     * @param memory that part of it which is the accelerator's
     * @param base address of its first byte as the accelerator uses it
     */
    public MappedMemory(MappedFile memory, long base) {
        this.memory = memory;
        this.base = base;
    }

    @Override
    public void write(long address, int[] words) {
        long offset = offset(address, words.length);
        for (int index = 0; index < words.length; index++) {
            memory.write(offset + 4L * index, words[index]);
        }
    }

    @Override
    public int[] read(long address, int count) {
        long offset = offset(address, count);
        int[] words = new int[count];
        for (int index = 0; index < count; index++) {
            words[index] = memory.read(offset + 4L * index);
        }
        return words;
    }

    private long offset(long address, int count) {
        long offset = address - base;
        if (offset < 0 || offset % 4 != 0 || offset > memory.bytes() - 4L * count) {
            throw new TransportException(String.format(
                    Locale.ROOT,
                    "%d words at 0x%X are not in the %d bytes of memory from 0x%X on",
                    count,
                    address,
                    memory.bytes(),
                    base));
        }
        return offset;
    }
}
