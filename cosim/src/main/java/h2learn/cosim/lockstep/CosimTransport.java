package h2learn.cosim.lockstep;

import h2learn.cosim.simulation.Batch;
import h2learn.cosim.simulation.Bus;
import h2learn.cosim.simulation.SimulationException;
import h2learn.host.Transport;
import h2learn.host.TransportException;

/** The host's transport over the AXI4-Lite master of a simulated accelerator. */
public final class CosimTransport implements Transport {
    private final Bus bus;

    public CosimTransport(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void write(long address, int[] words) {
        run(bus.batch().writeBlock(address, words));
    }

    @Override
    public void writeEach(long[] addresses, int[] words) {
        Batch batch = bus.batch();
        for (int index = 0; index < words.length; index++) {
            batch.write(addresses[index], words[index]);
        }
        run(batch);
    }

    @Override
    public int[] read(long address, int count) {
        int[] words = new int[count];
        run(bus.batch().readBlock(address, words));
        return words;
    }

    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        run(bus.batch().poll(address, mask, value, cycleBudget));
        return read(address, 1)[0];
    }

    private static void run(Batch batch) {
        try {
            batch.run();
        } catch (SimulationException failure) {
            throw new TransportException(failure.getMessage(), failure);
        }
    }
}
