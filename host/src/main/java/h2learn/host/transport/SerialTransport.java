package h2learn.host.transport;

import h2learn.host.Transport;
import h2learn.host.TransportException;
import java.util.Locale;

/** An accelerator's registers behind a {@link SerialLine}. */
public final class SerialTransport implements Transport {
    private static final long SECOND = 1_000_000_000;

    private final SerialLine line;
    private final long clockHertz;

    /** @param clockHertz of the accelerator, at least 1: what a budget of cycles takes */
    public SerialTransport(SerialLine line, long clockHertz) {
        if (clockHertz < 1) {
            throw new IllegalArgumentException("no clock has " + clockHertz + " Hz");
        }
        this.line = line;
        this.clockHertz = clockHertz;
    }

    @Override
    public void write(long address, int[] words) {
        line.write(SerialProtocol.WRITE_REGISTERS, address, words);
    }

    @Override
    public void writeEach(long[] addresses, int[] words) {
        for (int index = 0; index < words.length; index++) {
            write(addresses[index], new int[] {words[index]});
        }
    }

    @Override
    public int[] read(long address, int count) {
        return line.read(SerialProtocol.READ_REGISTERS, address, count);
    }

    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        long limit = SECOND + (long) ((double) cycleBudget / clockHertz * SECOND);
        long start = System.nanoTime();
        while (true) {
            int word = read(address, 1)[0];
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
        }
    }
}
