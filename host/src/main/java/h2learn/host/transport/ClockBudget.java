package h2learn.host.transport;

import h2learn.host.TransportException;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Waits for a register where the accelerator's cycles can only be told from the time that they take. */
final class ClockBudget {
    private static final long SECOND = 1_000_000_000;

    private final long clockHertz;
    private final int eagerReads;
    private final long pauseNanoseconds;

    /**
     * @param clockHertz of the accelerator, at least 1
     * @param eagerReads so many reads follow one another without a pause
     * @param pauseNanoseconds between the reads after those
     */
    ClockBudget(long clockHertz, int eagerReads, long pauseNanoseconds) {
        if (clockHertz < 1) {
            throw new IllegalArgumentException("no clock has " + clockHertz + " Hz");
        }
        this.clockHertz = clockHertz;
        this.eagerReads = eagerReads;
        this.pauseNanoseconds = pauseNanoseconds;
    }

    /**
     * Reads until {@code (word & mask) == value}, as long as the cycles take, and a second more: others may keep this process
     * from running. Throws {@link TransportException} then.
     *
     * @param address that is read, for the message
     */
    int poll(IntSupplier read, long address, int mask, int value, long cycles) {
        long limit = SECOND + (long) ((double) cycles / clockHertz * SECOND);
        long start = System.nanoTime();
        for (int reads = 0; ; reads++) {
            int word = read.getAsInt();
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
            if (reads > eagerReads) {
                LockSupport.parkNanos(pauseNanoseconds);
            }
        }
    }
}
