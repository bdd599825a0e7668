package h2learn.host;

/** Carries 32-bit accesses to an accelerator: a simulation, a mapped bus, a serial line. Addresses are bytes. */
public interface Transport {
    /** Writes words to successive addresses. Throws {@link TransportException} on an error answer or time-out. */
    void write(long address, int[] words);

    /** Writes single words to their own addresses, in order. */
    void writeEach(long[] addresses, int[] words);

    /** Reads {@code count} words from successive addresses. Throws {@link TransportException}. */
    int[] read(long address, int count);

    /**
     * Reads one address until {@code (word & mask) == value} and returns the word. Throws {@link TransportException} when
     * that takes more than {@code cycleBudget} clock cycles of the accelerator, or than a transport that cannot count
     * them takes them to last.
     */
    int poll(long address, int mask, int value, long cycleBudget);
}
