package h2learn.host.transport;

import h2learn.host.Transport;
import h2learn.host.TransportException;
import java.util.Locale;

/** An accelerator whose AXI4-Lite slave lies in this machine's address space. */
public final class MappedTransport implements Transport {
    private static final int EAGER_READS = 1000;
    private static final long PAUSE_NANOSECONDS = 20_000;

    private final MappedFile registers;
    private final ClockBudget budget;

    /**
     * @param registers the slave, from its first register on
     * @param clockHertz of the accelerator, at least 1: what a budget of cycles takes
     */
    public MappedTransport(MappedFile registers, long clockHertz) {
        this.registers = registers;
        budget = new ClockBudget(clockHertz, EAGER_READS, PAUSE_NANOSECONDS);
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

    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        check(address, 1);
        return budget.poll(() -> registers.read(address), address, mask, value, cycleBudget);
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
