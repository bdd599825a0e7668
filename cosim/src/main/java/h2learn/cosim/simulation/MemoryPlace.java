package h2learn.cosim.simulation;

/**
 * Where the external memory of a model lies.
 *
 * @param prefix what stands before {@code arvalid} and the other AXI4 ports, for example {@code m_axi_}
 * @param base address of its first byte, a multiple of 4096
 * @param bytes its size, a multiple of 4096, up to {@link #MAXIMUM_BYTES}; only what is touched takes room on this machine
 */
public record MemoryPlace(String prefix, long base, long bytes) {
    /** 1 TiB. */
    public static final long MAXIMUM_BYTES = 1L << 40;

    private static final long PAGE = 4096;

    public MemoryPlace {
        if (base % PAGE != 0) {
            throw new IllegalArgumentException(
                    "the memory's base must be a multiple of 4096, not 0x%x".formatted(base));
        }
        if (bytes < PAGE || bytes > MAXIMUM_BYTES || bytes % PAGE != 0) {
            throw new IllegalArgumentException(
                    "the memory's size must be a multiple of 4096 up to 2^40 bytes, not " + bytes);
        }
        if (Long.compareUnsigned(base + (bytes - 1), base) < 0) {
            throw new IllegalArgumentException(
                    "a memory of %d bytes at 0x%x goes beyond 64 address bits".formatted(bytes, base));
        }
    }
}
