package h2learn.cosim.simulation;

import h2learn.cosim.build.TestModels;

/** A model of {@code axi_master.v} with its memory. */
final class CopyMaster implements AutoCloseable {
    static final long BASE = 0x8000_0000L;
    static final int BYTES = 1 << 18;
    private static final long BUDGET = 2_000_000;

    final Model model;
    final ExternalMemory memory;
    final int dataBits;

    CopyMaster(int dataBits) {
        this.dataBits = dataBits;
        this.model = Model.open(
                TestModels.BUILD,
                TestModels.axiMaster(dataBits),
                ModelOptions.defaults()
                        .withMemory(new MemoryPlace("m_axi_", BASE, BYTES))
                        .withSeed(3));
        this.memory = model.memory();
        model.reset(3);
    }

    /** The full width of the bus, as AxSIZE. */
    int fullSize() {
        return Integer.numberOfTrailingZeros(dataBits / 8);
    }

    CopyMaster fault(int number) {
        model.port("fault").set(number);
        return this;
    }

    CopyMaster lazy(boolean lazy) {
        model.port("lazy").set(lazy ? 1 : 0);
        return this;
    }

    /** Begins to copy {@code count} elements of {@code 2^size} bytes by bursts of at most {@code beats}. */
    void begin(long from, long to, int count, int beats, int size) {
        model.port("from").set(from);
        model.port("to").set(to);
        model.port("count").set(count);
        model.port("burst_len").set(beats - 1L);
        model.port("size").set(size);
        model.port("start").set(1);
        model.step(1);
        model.port("start").set(0);
        model.step(1);
    }

    /** Runs until the copy is done and gives the cycles. */
    long finish() {
        Port done = model.port("done");
        long start = model.cycle();
        while (done.get() == 0) {
            model.step(1);
            if (model.cycle() - start > BUDGET) {
                throw new AssertionError("the copy does not end: " + memory.statistics());
            }
        }
        return model.cycle() - start;
    }

    long copy(long from, long to, int count, int beats, int size) {
        begin(from, to, count, beats, size);
        return finish();
    }

    long count(String port) {
        return model.port(port).get();
    }

    @Override
    public void close() {
        model.close();
    }
}
