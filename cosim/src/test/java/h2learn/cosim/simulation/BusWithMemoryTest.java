package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.TestModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The memory works in every cycle, whichever operation runs the clock. */
class BusWithMemoryTest {
    private static final long BASE = 0x10_0000_0000L;
    private static final long TIMER = 0x400;
    private static final int COUNT = 300;

    private Model model;
    private ExternalMemory memory;

    @BeforeEach
    void open() {
        model = Model.open(
                TestModels.BUILD,
                TestModels.AXI_BOTH,
                ModelOptions.defaults().withBus("s_axi_").withMemory(new MemoryPlace("m_axi_", BASE, 8192)));
        memory = model.memory();
        memory.timing(MemoryTiming.slow(1));
        model.port("from").set(BASE);
        model.port("to").set(BASE + 4096);
        model.port("count").set(COUNT);
        model.reset(3);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private int[] loaded(long seed) {
        int[] data = new Random(seed).ints(COUNT).toArray();
        memory.load(BASE, data);
        return data;
    }

    @Test
    void whileAPortIsWaitedFor() {
        int[] data = loaded(1);
        Port done = model.port("done");
        model.bus()
                .batch()
                .write(TIMER, 20)
                .waitFor(done, 0, 100)
                .waitFor(done, 1, 10_000)
                .run();
        assertEquals(-1, memory.compare(BASE + 4096, data));
    }

    @Test
    void whileTheClockOnlyRuns() {
        int[] data = loaded(2);
        model.bus().batch().write(TIMER, 2).cycles(10_000).run();
        assertEquals(-1, memory.compare(BASE + 4096, data));
    }

    @Test
    void duringTransactionsOfTheBusAndWhileItPolls() {
        int[] data = loaded(3);
        int[] words = new Random(4).ints(256).toArray();
        model.bus().stalls(Stalls.uniform(5, 100));
        model.bus()
                .batch()
                .write(TIMER, 2)
                .writeBlock(0, words)
                .compareBlock(0, words)
                .write(TIMER, 60_000)
                .poll(TIMER, 0xff00, 0xc300, 20_000)
                .run();
        assertEquals(-1, memory.compare(BASE + 4096, data));
    }

    @Test
    void aViolationEndsTheBatchAndWantsAReset() {
        int[] data = loaded(6);
        model.port("fault").set(15);
        model.port("from").set(BASE + 4000);
        Batch batch = model.bus().batch().write(TIMER, 2).cycles(10_000).write(0, 1);
        BusProtocolException e = assertThrows(BusProtocolException.class, batch::run);
        assertTrue(e.getMessage().contains("operation 1 (run)"), e.getMessage());
        assertTrue(e.getMessage().contains("on channel AR: the burst of 16 beats"), e.getMessage());
        BusProtocolException again =
                assertThrows(BusProtocolException.class, () -> model.bus().write(0, 1));
        assertTrue(again.getMessage().contains("the memory needs a reset since: AXI4 protocol"), again.getMessage());
        model.port("fault").set(0);
        model.port("from").set(BASE);
        model.reset(2);
        model.bus().batch().write(TIMER, 2).cycles(10_000).run();
        assertEquals(-1, memory.compare(BASE + 4096, data));
    }

    @Test
    void isRefusedOnceTheModelIsClosed(@TempDir Path directory) {
        Bus bus = model.bus();
        Batch batch = bus.batch().write(0, 1);
        try (Model other = Model.open(
                TestModels.BUILD,
                TestModels.AXI_SLAVE,
                ModelOptions.defaults().withReset("resetn", true).withBus("s_axi_"))) {
            BackdoorMemory mem = other.memory("TOP.axi_slave.ram", "mem");
            model.close();
            other.close();
            List<Executable> uses = List.of(
                    () -> bus.write(0, 1),
                    () -> bus.read(0),
                    () -> bus.stalls(Stalls.NONE),
                    () -> bus.outstanding(1),
                    batch::run,
                    () -> memory.read(BASE, 1),
                    () -> memory.load(BASE, new int[1]),
                    () -> memory.fill(BASE, 1, (byte) 0),
                    () -> memory.timing(MemoryTiming.FAST),
                    () -> memory.errors(MemoryErrors.NONE),
                    memory::statistics,
                    memory::clearStatistics,
                    () -> mem.readInts(0, 1),
                    () -> mem.compare(0, new int[1]),
                    () -> model.reset(1),
                    model::settle,
                    model::output,
                    model::record,
                    () -> model.replay(true),
                    () -> model.replayPorts(directory.resolve("ports"), 1),
                    () -> model.trace(directory.resolve("waves"), 0, 1),
                    model::endTrace,
                    () -> model.writeCoverage(directory.resolve("coverage")));
            for (Executable use : uses) {
                assertEquals(
                        "the model is closed",
                        assertThrows(IllegalStateException.class, use).getMessage());
            }
        }
    }
}
