package h2learn.cosim.simulation;

import static h2learn.cosim.simulation.CopyMaster.BASE;
import static h2learn.cosim.simulation.CopyMaster.BYTES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.TestModels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalMemoryTest {
    private static final MemoryTiming.Latency NEXT_CYCLE = new MemoryTiming.Latency(1, 0);

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static MemoryTiming stalled(MemoryTiming.Chances chances) {
        return new MemoryTiming(1, chances, NEXT_CYCLE, NEXT_CYCLE, 16, 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void copiesRightUnderAnyTiming(int dataBits) {
        try (CopyMaster master = new CopyMaster(dataBits)) {
            Random random = new Random(dataBits);
            for (int seed = 0; seed < 40; seed++) {
                master.memory.timing(MemoryTiming.random(seed));
                master.lazy(random.nextBoolean());
                // narrow elements too, and with them lanes
                int size = random.nextInt(3) == 0 ? random.nextInt(master.fullSize() + 1) : master.fullSize();
                int count = 1 + random.nextInt(900);
                int from = random.nextInt(4000) << size;
                int to = BYTES / 2 + (random.nextInt(4000) << size);
                byte[] before = bytes(seed, BYTES);
                master.memory.load(BASE, before);
                master.copy(BASE + from, BASE + to, count, 1 + random.nextInt(256), size);
                byte[] expected = before.clone();
                System.arraycopy(before, from, expected, to, count << size);
                assertArrayEquals(expected, master.memory.readBytes(BASE, BYTES), "seed " + seed);
                for (String errors : new String[] {"read_errors", "write_errors", "last_errors"}) {
                    assertEquals(0, master.count(errors), errors + ", seed " + seed);
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        try (CopyMaster master = new CopyMaster(64)) {
            long[] cycles = new long[3];
            for (int run = 0; run < 3; run++) {
                master.model.reset(2);
                master.memory.timing(MemoryTiming.slow(run < 2 ? 5 : 6));
                cycles[run] = master.copy(BASE, BASE + 0x8000, 700, 16, 3);
            }
            assertEquals(cycles[0], cycles[1]);
            assertNotEquals(cycles[0], cycles[2]);
            master.memory.timing(MemoryTiming.FAST);
            long fast = master.copy(BASE, BASE + 0x8000, 700, 16, 3);
            assertTrue(fast * 2 < cycles[0], fast + " cycles fast, " + cycles[0] + " slow");
        }
    }

    @Test
    void dataMayComeAheadOfTheirAddress() {
        try (CopyMaster master = new CopyMaster(32).fault(29)) {
            byte[] data = bytes(1, 4000);
            master.memory.load(BASE + 4, data);
            master.memory.timing(MemoryTiming.slow(2));
            master.copy(BASE + 4, BASE + 0x10004, 1000, 50, 2);
            assertArrayEquals(data, master.memory.readBytes(BASE + 0x10004, 4000));
        }
    }

    @Test
    void latencyAndBurstsUnderWay() {
        try (CopyMaster master = new CopyMaster(32)) {
            master.memory.timing(MemoryTiming.FAST);
            long fast = master.copy(BASE, BASE + 0x1000, 1, 1, 2);
            MemoryTiming.Latency far = new MemoryTiming.Latency(101, 0);
            master.memory.timing(new MemoryTiming(0, MemoryTiming.Chances.NEVER, far, NEXT_CYCLE, 16, 16));
            assertEquals(fast + 100, master.copy(BASE, BASE + 0x1000, 1, 1, 2));
            master.memory.timing(new MemoryTiming(0, MemoryTiming.Chances.NEVER, NEXT_CYCLE, far, 16, 16));
            assertEquals(fast + 100, master.copy(BASE, BASE + 0x1000, 1, 1, 2));

            for (int bursts : new int[] {1, 3}) {
                master.memory.timing(new MemoryTiming(0, MemoryTiming.Chances.NEVER, far, far, bursts, bursts));
                master.memory.clearStatistics();
                master.copy(BASE, BASE + 0x1000, 256, 16, 2);
                assertEquals(bursts, master.memory.statistics().mostReads());
                assertEquals(bursts, master.memory.statistics().mostWrites());
            }
        }
    }

    @Test
    void aMemoryThatTakesOrAnswersNothing() {
        try (CopyMaster master = new CopyMaster(32)) {
            MemoryTiming.Latency never = new MemoryTiming.Latency(1_000_000_000, 0);
            MemoryTiming deaf = new MemoryTiming(0, MemoryTiming.Chances.NEVER, NEXT_CYCLE, NEXT_CYCLE, 0, 0);
            MemoryTiming mute = new MemoryTiming(0, MemoryTiming.Chances.NEVER, never, never, 2, 2);
            for (MemoryTiming timing : new MemoryTiming[] {deaf, mute}) {
                master.memory.timing(timing);
                master.memory.clearStatistics();
                master.begin(BASE, BASE + 0x1000, 100, 10, 2);
                master.model.step(10_000);
                assertEquals(0, master.count("done"));
                assertEquals(timing.reads(), master.memory.statistics().reads());
                assertTrue(master.memory.statistics().stalledCycles().ar() > 9_000);
                master.model.reset(2);
                assertEquals(0, master.memory.statistics().reads());
            }
        }
    }

    @Test
    void aWriteIsThereWhenItIsAnswered() {
        try (CopyMaster master = new CopyMaster(32)) {
            MemoryTiming.Latency far = new MemoryTiming.Latency(500, 0);
            master.memory.timing(new MemoryTiming(0, MemoryTiming.Chances.NEVER, NEXT_CYCLE, far, 16, 16));
            master.memory.load(BASE, new int[] {11, 22, 33});
            master.begin(BASE, BASE + 0x1000, 3, 3, 2);
            master.model.step(100);
            assertEquals(3, master.memory.statistics().writeBeats());
            assertArrayEquals(new int[3], master.memory.read(BASE + 0x1000, 3));
            master.finish();
            assertArrayEquals(new int[] {11, 22, 33}, master.memory.read(BASE + 0x1000, 3));
        }
    }

    @Test
    void statisticsCount() {
        try (CopyMaster master = new CopyMaster(64)) {
            master.memory.clearStatistics();
            master.copy(BASE, BASE + 0x8000, 512, 32, 3);
            MemoryStatistics s = master.memory.statistics();
            assertEquals(16, s.readBursts());
            assertEquals(512, s.readBeats());
            assertEquals(16, s.writeBursts());
            assertEquals(512, s.writeBeats());
            assertEquals(0, s.errorAnswers());
            assertEquals(new MemoryStatistics.StalledCycles(0, 0, 0, 0, 0), s.stalledCycles());
            assertEquals(0, s.reads() + s.writes());

            master.lazy(true);
            master.memory.timing(stalled(new MemoryTiming.Chances(200, 0, 200, 128, 0)));
            master.copy(BASE, BASE + 0x8000, 512, 4, 3);
            MemoryStatistics.StalledCycles stalled = master.memory.statistics().stalledCycles();
            // 512 beats that wait for a cycle each on the average, 128 bursts that wait for 3.6
            assertTrue(stalled.w() > 350 && stalled.w() < 700, s.toString());
            assertTrue(stalled.aw() > 250 && stalled.aw() < 700, s.toString());
            assertTrue(stalled.ar() > 250, s.toString());
            assertTrue(stalled.r() > 100 && stalled.b() > 20, s.toString());
        }
    }

    @Test
    void chosenAddressesAnswerWithErrors() {
        try (CopyMaster master = new CopyMaster(32)) {
            byte[] data = bytes(2, 4096);
            master.memory.load(BASE, data);
            master.memory.errors(MemoryErrors.at(
                    new MemoryErrors.Interval(BASE + 0x103, 6), new MemoryErrors.Interval(BASE + 0x8040, 1)));
            // words 0x100, 0x104 and 0x108 are touched
            master.copy(BASE, BASE + 0x4000, 128, 16, 2);
            assertEquals(3, master.count("read_errors"));
            assertEquals(0, master.count("write_errors"));
            // one burst of 16 words holds 0x8040
            master.memory.errors(MemoryErrors.at(new MemoryErrors.Interval(BASE + 0x8040, 1)));
            master.copy(BASE, BASE + 0x8000, 128, 16, 2);
            assertEquals(0, master.count("read_errors"));
            assertEquals(1, master.count("write_errors"));
            byte[] expected = Arrays.copyOf(data, 512);
            Arrays.fill(expected, 0x40, 0x80, (byte) 0);
            assertArrayEquals(expected, master.memory.readBytes(BASE + 0x8000, 512), "the burst changed nothing");
            assertEquals(4, master.memory.statistics().errorAnswers());
        }
    }

    @Test
    void outsideOfTheMemoryIsAnError() {
        try (CopyMaster master = new CopyMaster(128)) {
            long end = BASE + BYTES;
            master.copy(end - 32, BASE, 10, 4, 4);
            assertEquals(8, master.count("read_errors"), "all but two words");
            master.copy(BASE, end - 32, 10, 4, 4);
            assertEquals(2, master.count("write_errors"), "bursts of 2, 4 and 4 words, as none crosses the end");
            master.copy(BASE - 16, BASE + 64, 2, 8, 4);
            assertEquals(1, master.count("read_errors"));
            master.copy(0, 0xff_ffff_f000L, 2, 1, 4);
            assertEquals(2, master.count("read_errors"));
            assertEquals(2, master.count("write_errors"));
        }
    }

    @Test
    void randomErrorsFollowTheirChance() {
        try (CopyMaster master = new CopyMaster(32)) {
            byte[] data = bytes(3, 4096);
            long[] errors = new long[2];
            for (int run = 0; run < 2; run++) {
                master.memory.load(BASE, data);
                master.memory.fill(BASE + 0x1000, 4096, (byte) 0);
                master.memory.errors(new MemoryErrors(9, 6554, 13107, java.util.List.of()));
                master.copy(BASE, BASE + 0x1000, 1024, 2, 2);
                errors[run] = master.count("read_errors") * 1000 + master.count("write_errors");
                // 512 bursts each way, a tenth and a fifth of them
                assertTrue(master.count("read_errors") > 25 && master.count("read_errors") < 85, "" + errors[run]);
                assertTrue(master.count("write_errors") > 65 && master.count("write_errors") < 145, "" + errors[run]);
            }
            assertEquals(errors[0], errors[1]);
            master.memory.errors(MemoryErrors.NONE);
            master.copy(BASE, BASE + 0x1000, 1024, 2, 2);
            assertEquals(0, master.count("read_errors") + master.count("write_errors"));
            assertArrayEquals(data, master.memory.readBytes(BASE + 0x1000, 4096));
        }
    }

    @Test
    void resetInMidBurstForgetsAll() {
        try (CopyMaster master = new CopyMaster(64)) {
            byte[] data = bytes(4, 8000);
            for (int cycles = 1; cycles < 120; cycles += 3) {
                master.memory.timing(MemoryTiming.random(cycles));
                master.begin(BASE, BASE + 0x10000, 1000, 64, 3);
                master.model.step(cycles);
                master.model.reset(1 + cycles % 3);
                assertEquals(
                        0,
                        master.memory.statistics().reads()
                                + master.memory.statistics().writes());
                master.memory.load(BASE, data);
                master.copy(BASE, BASE + 0x10000, 1000, 64, 3);
                assertArrayEquals(data, master.memory.readBytes(BASE + 0x10000, 8000), "after " + cycles);
            }
        }
    }

    @Test
    void aResetByItsPortIsSeenToo() {
        try (CopyMaster master = new CopyMaster(32)) {
            master.begin(BASE, BASE + 0x10000, 1000, 64, 2);
            master.model.step(20);
            master.model.port("reset").set(1);
            master.model.step(2);
            assertEquals(0, master.memory.statistics().reads());
            master.model.port("reset").set(0);
            master.model.step(1);
            assertTrue(master.copy(BASE, BASE + 0x10000, 100, 64, 2) > 0);
        }
    }

    @Test
    void accessIsCheckedAndNeverBeyondTheMemory() {
        CopyMaster master = new CopyMaster(32);
        ExternalMemory memory = master.memory;
        int[] two = {1, 2};
        memory.load(BASE + 3, two);
        assertArrayEquals(two, memory.read(BASE + 3, 2));
        assertEquals(-1, memory.compare(BASE + 3, two));
        assertEquals(1, memory.compare(BASE + 3, new int[] {1, 3}));
        memory.load(BASE + BYTES - 8, two);
        memory.load(BASE + BYTES, new int[0]);
        for (long address : new long[] {
            BASE + BYTES - 7, BASE + BYTES, BASE - 1, BASE - 8, 0, -1, -8, Long.MAX_VALUE, Long.MIN_VALUE
        }) {
            assertThrows(IllegalArgumentException.class, () -> memory.load(address, two), () -> "at " + address);
            assertThrows(IllegalArgumentException.class, () -> memory.read(address, 2), () -> "at " + address);
            assertThrows(
                    IllegalArgumentException.class, () -> memory.fill(address, 8, (byte) 1), () -> "at " + address);
            assertThrows(IllegalArgumentException.class, () -> memory.readBytes(address, 8), () -> "at " + address);
        }
        assertThrows(IllegalArgumentException.class, () -> memory.read(BASE, -1));
        assertThrows(IllegalArgumentException.class, () -> memory.read(BASE, Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> memory.fill(BASE, Long.MAX_VALUE, (byte) 0));
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlace("m_axi_", 100, 4096));
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlace("m_axi_", 0, 1000));
        assertThrows(IllegalArgumentException.class, () -> new MemoryPlace("m_axi_", -4096, 8192));
        assertThrows(IllegalArgumentException.class, () -> MemoryTiming.Chances.uniform(256));
        assertThrows(IllegalArgumentException.class, () -> new MemoryTiming.Latency(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new MemoryErrors.Interval(0, 0));
        assertThrows(IllegalArgumentException.class, () -> MemoryErrors.random(0, 65536));
        master.close();
        assertThrows(IllegalStateException.class, () -> memory.read(BASE, 1));
        assertThrows(IllegalStateException.class, () -> memory.load(BASE, two));
        assertThrows(IllegalStateException.class, memory::statistics);
        assertThrows(IllegalStateException.class, () -> memory.timing(MemoryTiming.FAST));
        assertThrows(IllegalStateException.class, () -> memory.errors(MemoryErrors.NONE));
    }

    @Test
    void anotherThreadIsRefused() throws InterruptedException {
        try (CopyMaster master = new CopyMaster(32)) {
            boolean[] refused = {false};
            Thread other = new Thread(() -> {
                try {
                    master.memory.read(BASE, 1);
                } catch (IllegalStateException e) {
                    refused[0] = true;
                }
            });
            other.start();
            other.join();
            assertTrue(refused[0]);
        }
    }

    @Test
    void thePortsMustBeThere() {
        MemoryPlace place = new MemoryPlace("m_axi_", 0, 4096);
        IllegalArgumentException missing = assertThrows(
                IllegalArgumentException.class,
                () -> Model.open(
                        TestModels.BUILD,
                        TestModels.COUNTER,
                        ModelOptions.defaults().withMemory(place)));
        assertTrue(missing.getMessage().contains("AXI4 port m_axi_arvalid is missing"), missing.getMessage());
        MemoryPlace high = new MemoryPlace("m_axi_", 1L << 40, 4096);
        IllegalArgumentException beyond = assertThrows(
                IllegalArgumentException.class,
                () -> Model.open(
                        TestModels.BUILD,
                        TestModels.axiMaster(32),
                        ModelOptions.defaults().withMemory(high)));
        assertTrue(beyond.getMessage().contains("address bits"), beyond.getMessage());
        try (Model model = Model.open(TestModels.BUILD, TestModels.axiMaster(32), ModelOptions.defaults())) {
            assertThrows(IllegalStateException.class, model::memory);
        }
    }
}
