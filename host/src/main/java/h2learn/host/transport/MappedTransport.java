package h2learn.host.transport;

import h2learn.host.Transport;
import h2learn.host.TransportException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** An accelerator whose AXI4-Lite slave lies in this machine's address space. */
public final class MappedTransport implements Transport {
    private static final long SECOND = 1_000_000_000;
    private static final int EAGER_READS = 1000;
    private static final long PAUSE_NANOSECONDS = 20_000;

    private final MappedFile registers;
    private final long clockHertz;

    /**
     * @param registers the slave, from its first register on
     * @param clockHertz of the accelerator, at least 1: what a budget of cycles takes
     */
    public MappedTransport(MappedFile registers, long clockHertz) {
        if (clockHertz < 1) {
            throw new IllegalArgumentException("no clock has " + clockHertz + " Hz");
        }
        this.registers = registers;
        this.clockHertz = clockHertz;
    }

    @Override
    public void write(long address, int[] words) {
        check(address, words.length);
        for (int index = 0; index < words.length; index++) {
            registers.write(address + 4L * index, words[index]);
        }
    }

    @Override
    public void writeEach(long[] addresses, int[] words) {
        for (int index = 0; index < words.length; index++) {
            check(addresses[index], 1);
            registers.write(addresses[index], words[index]);
        }
    }

    @Override
    public int[] read(long address, int count) {
        check(address, count);
        int[] words = new int[count];
        for (int index = 0; index < count; index++) {
            words[index] = registers.read(address + 4L * index);
        }
        return words;
    }

    /** Waits as long as the cycles take, and a second more: others may keep this process from running. */
    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        check(address, 1);
        long limit = SECOND + (long) ((double) cycleBudget / clockHertz * SECOND);
        long start = System.nanoTime();
        for (int reads = 0; ; reads++) {
            int word = registers.read(address);
            if ((word & mask) == value) {
                return word;
            }
            if (System.nanoTime() - start > limit) {
                throw new TransportException(String.format(
                        Locale.ROOT,
                        "the register at 0x%X reads 0x%08X and did not take the value 0x%X in the bits 0x%X within %.1f s",
                        address,
                        word,
                        value,
                        mask,
                        (double) limit / SECOND));
            }
            if (reads > EAGER_READS) {
                LockSupport.parkNanos(PAUSE_NANOSECONDS);
            }
        }
    }

    private void check(long address, int count) {
        if (address < 0 || address % 4 != 0 || address > registers.bytes() - 4L * count) {
            throw new TransportException(String.format(
                    Locale.ROOT,
                    "%d words at 0x%X are not in the %d bytes that are mapped",
                    count,
                    address,
                    registers.bytes()));
        }
    }
}
