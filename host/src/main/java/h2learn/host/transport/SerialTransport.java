package h2learn.host.transport;

import h2learn.host.Transport;

/** An accelerator's registers behind a {@link SerialLine}. */
public final class SerialTransport implements Transport {
    private final SerialLine line;
    private final ClockBudget budget;

    /** @param clockHertz of the accelerator, at least 1: what a budget of cycles takes */
    public SerialTransport(SerialLine line, long clockHertz) {
        this.line = line;
        // the line itself is slow enough
        budget = new ClockBudget(clockHertz, 0, 0);
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
        return budget.poll(() -> read(address, 1)[0], address, mask, value, cycleBudget);
    }
}
