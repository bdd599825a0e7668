package h2learn.host.driver;

import h2learn.contract.CommandField;
import h2learn.host.MemoryAccess;
import h2learn.host.Transport;

/**
 * An accelerator and the memory that it is given.
 *
 * @param registers its AXI4-Lite slave
 * @param memory behind its AXI4 master; addresses are those that the accelerator uses
 * @param memoryBase first address that is the accelerator's, a multiple of 64
 * @param memoryBytes from there on
 */
public record Board(Transport registers, MemoryAccess memory, long memoryBase, long memoryBytes) {
    public Board {
        if (memoryBase < 0 || memoryBase % CommandField.BYTES != 0 || memoryBytes < 0 || memoryBytes % 4 != 0) {
            throw new IllegalArgumentException("memory of " + memoryBytes + " bytes at " + memoryBase
                    + " begins at no multiple of 64 or has no whole words");
        }
    }
}
