package h2learn.host;

/** The host's way to the memory that an accelerator's AXI4 master reads and writes. Addresses are bytes, multiples of 4. */
public interface MemoryAccess {
    /** Writes words to successive addresses. Throws {@link TransportException} where there is no memory. */
    void write(long address, int[] words);

    /** Reads {@code count} words from successive addresses. Throws {@link TransportException}. */
    int[] read(long address, int count);
}
