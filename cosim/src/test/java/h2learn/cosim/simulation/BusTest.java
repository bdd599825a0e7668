package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.TestModels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusTest {
    private static final long TIMER = 0x400;
    private static final long SLAVE_ERROR = 0x800;
    private static final long DECODE_ERROR = 0xc00;

    private Model model;
    private Bus bus;

    @BeforeEach
    void open() {
        model = Model.open(
                TestModels.BUILD,
                TestModels.AXI_SLAVE,
                ModelOptions.defaults()
                        .withReset("resetn", true)
                        .withBus("s_axi_")
                        .withSeed(5));
        model.reset(3);
        bus = model.bus();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static int[] words(long seed, int count) {
        return new Random(seed).ints(count).toArray();
    }

    private void fault(int number) {
        model.port("fault").set(number);
    }

    @Test
    void writesAndReadsWords() {
        bus.write(0x10, 0x12345678);
        bus.write(0x14, -1);
        assertEquals(0x12345678, bus.read(0x10));
        assertEquals(-1, bus.read(0x14));
        bus.batch().write(0x10, 0xaabbccdd, 0b0101).run();
        assertEquals(0x12bb56dd, bus.read(0x10));
    }

    @Test
    void blocksWithOffsetsAndSteps() {
        int[] source = words(1, 64);
        int[] destination = new int[80];
        bus.batch().writeBlock(0, source).readBlock(0, destination, 10, 64, 4).run();
        for (int i = 0; i < 64; i++) {
            assertEquals(source[i], destination[10 + i]);
        }
        assertEquals(0, destination[9]);
        assertEquals(0, destination[74]);

        int[] backwards = new int[32];
        bus.batch().readBlock(4 * 62, backwards, 0, 32, -8).run();
        for (int i = 0; i < 32; i++) {
            assertEquals(source[62 - 2 * i], backwards[i]);
        }
        bus.batch().writeBlock(0, source, 5, 3, 0).run();
        assertEquals(source[7], bus.read(0), "a step of 0 writes one address again and again");
    }

    @ParameterizedTest
    @CsvSource({"1,0,1", "2,128,1", "3,128,4", "4,240,1", "5,60,64", "6,0,8"})
    void stallsChangeTheTimeNotTheData(long seed, int chance, int outstanding) {
        bus.stalls(Stalls.uniform(seed, chance));
        bus.outstanding(outstanding);
        int[] source = words(seed, 256);
        int[] destination = new int[256];
        long start = model.cycle();
        long end = bus.batch()
                .writeBlock(0, source)
                .compareBlock(0, source)
                .readBlock(0, destination)
                .run();
        assertArrayEquals(source, destination);
        assertEquals(end, model.cycle());
        assertTrue(end - start >= 768, "a word takes at least a cycle: " + (end - start));

        bus.stalls(Stalls.uniform(seed, chance));
        long again = model.cycle();
        bus.batch()
                .writeBlock(0, source)
                .compareBlock(0, source)
                .readBlock(0, destination)
                .run();
        assertEquals(end - start, model.cycle() - again, "the same seed gives the same run");
    }

    @Test
    void stallsSlowDownAndDifferBySeed() {
        int[] source = words(7, 256);
        long none = timeOf(source, Stalls.NONE);
        long half = timeOf(source, Stalls.uniform(1, 128));
        long other = timeOf(source, Stalls.uniform(2, 128));
        assertTrue(half > none * 3 / 2, none + " cycles without, " + half + " with stalls");
        assertNotEquals(half, other);
    }

    private long timeOf(int[] source, Stalls stalls) {
        bus.stalls(stalls);
        long start = model.cycle();
        return bus.batch().writeBlock(0, source).run() - start;
    }

    @ParameterizedTest
    @CsvSource({"250,0", "0,250"})
    void addressAndDataComeInAnyOrder(int addressChance, int dataChance) {
        bus.stalls(new Stalls(3, addressChance, dataChance, 0, 0, 0));
        bus.outstanding(4);
        int[] source = words(8, 100);
        bus.batch().writeBlock(0, source).compareBlock(0, source).run();
        assertEquals(source[99], bus.read(4 * 99));
    }

    @Test
    void moreOutstandingIsFaster() {
        int[] source = words(9, 256);
        long one = timeOf(source, Stalls.NONE);
        bus.outstanding(4);
        long four = timeOf(source, Stalls.NONE);
        assertTrue(four < one, one + " cycles with one, " + four + " with four");
        bus.batch().compareBlock(0, source).run();
    }

    @ParameterizedTest
    @CsvSource({"1,0", "8,0", "8,100"})
    void compareFindsTheFirstDifference(int outstanding, int chance) {
        bus.outstanding(outstanding);
        bus.stalls(Stalls.uniform(11, chance));
        int[] source = words(2, 50);
        int[] expected = source.clone();
        expected[20] ^= 0x100;
        expected[21] ^= 0x1;
        int[] untouched = {1, 2, 3};
        Batch batch = bus.batch()
                .writeBlock(0x40, source)
                .compareBlock(0x40, expected)
                .readBlock(0, untouched);
        MismatchException e = assertThrows(MismatchException.class, batch::run);
        assertEquals(1, e.operation());
        assertEquals(20, e.index());
        assertEquals(0x40 + 80, e.address());
        assertEquals(Integer.toUnsignedLong(expected[20]), e.expected());
        assertEquals(Integer.toUnsignedLong(source[20]), e.got());
        assertTrue(e.cycle() > 3 && e.cycle() <= model.cycle(), e.getMessage());
        assertArrayEquals(new int[] {1, 2, 3}, untouched, "later operations do not begin");
        bus.batch().compareBlock(0x40, source).run();
        int[] masks = new int[50];
        Arrays.fill(masks, ~0x101);
        bus.batch().compareBlock(0x40, expected, masks, 4).run();
    }

    @Test
    void waitsForAPortAndPolls() {
        Port interrupt = model.port("interrupt");
        long start = model.cycle();
        long end = bus.batch().write(TIMER, 500).waitFor(interrupt, 1, 1000).run();
        assertTrue(end - start >= 500 && end - start < 510, "took " + (end - start));
        assertEquals(1, interrupt.get());

        bus.batch().write(TIMER, 500).poll(TIMER, 0xffff, 1, 1000).run();
        long before = model.cycle();
        assertEquals(before + 77, bus.batch().cycles(77).run());
    }

    @Test
    void waitingHasABudget() {
        Port interrupt = model.port("interrupt");
        long start = model.cycle();
        Batch wait = bus.batch().waitFor(interrupt, 1, 250);
        SimulationTimeoutException e = assertThrows(SimulationTimeoutException.class, wait::run);
        assertEquals(start + 250, e.cycle());
        assertEquals(0, e.got());
        assertTrue(e.getMessage().contains("interrupt"), e.getMessage());

        Batch poll = bus.batch().cycles(1).poll(TIMER, 0xff, 3, 100);
        SimulationTimeoutException p = assertThrows(SimulationTimeoutException.class, poll::run);
        assertEquals(1, p.operation());
        assertEquals(3, p.expected());
        assertTrue(p.cycle() - e.cycle() >= 101 && p.cycle() - e.cycle() < 110, p.getMessage());
        bus.write(0, 1);
        assertEquals(1, bus.read(0), "the bus is as good as before");
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void errorResponsesBecomeExceptions(int outstanding) {
        bus.outstanding(outstanding);
        BusErrorException slave = assertThrows(BusErrorException.class, () -> bus.write(SLAVE_ERROR + 8, 1));
        assertEquals(SLAVE_ERROR + 8, slave.address());
        assertTrue(slave.getMessage().contains("SLVERR"), slave.getMessage());
        BusErrorException decode = assertThrows(BusErrorException.class, () -> bus.read(DECODE_ERROR));
        assertTrue(decode.getMessage().contains("DECERR"), decode.getMessage());

        int[] destination = new int[8];
        Batch block = bus.batch().readBlock(SLAVE_ERROR - 12, destination);
        BusErrorException e = assertThrows(BusErrorException.class, block::run);
        assertEquals(3, e.index());
        assertEquals(SLAVE_ERROR, e.address());
        bus.write(4, 9);
        assertEquals(9, bus.read(4));
    }

    @ParameterizedTest
    @CsvSource({"1,AWREADY", "2,WREADY", "3,BVALID", "4,ARREADY", "5,RVALID"})
    void aBusThatDoesNotAnswerIsATimeout(int fault, String missing) {
        fault(fault);
        long start = model.cycle();
        Batch batch = bus.batch().budget(200);
        if (fault <= 3) {
            batch.write(0, 1);
        } else {
            batch.readBlock(0, new int[1]);
        }
        SimulationTimeoutException e = assertThrows(SimulationTimeoutException.class, batch::run);
        assertTrue(e.getMessage().contains("waiting for " + missing), e.getMessage());
        assertEquals(start + 201, e.cycle());

        fault(0);
        BusProtocolException again = assertThrows(BusProtocolException.class, () -> bus.write(0, 1));
        assertTrue(again.getMessage().contains("needs a reset"), again.getMessage());
        model.reset(2);
        bus.write(0, 0x77);
        assertEquals(0x77, bus.read(0));
    }

    @ParameterizedTest
    @CsvSource({
        "6, BVALID fell",
        "7, RVALID fell",
        "8, RDATA changed",
        "9, BVALID before W",
        "10, BVALID before AW",
        "11, RVALID without",
        "12, BRESP is EXOKAY",
        "13, BRESP changed",
        "14, RRESP changed",
        "15, RRESP is EXOKAY"
    })
    void brokenRulesAreFound(int fault, String rule) {
        // B and R are taken late, and address and data seldom come together
        bus.stalls(new Stalls(21, fault == 10 ? 200 : 0, fault == 9 ? 200 : 0, 200, 0, 200));
        int[] data = words(1, 20);
        bus.batch().writeBlock(0, data).compareBlock(0, data).run();
        fault(fault);
        Batch batch = bus.batch().writeBlock(0, data).compareBlock(0, data);
        BusProtocolException e = assertThrows(BusProtocolException.class, batch::run);
        assertTrue(e.getMessage().contains(rule), e.getMessage());

        fault(0);
        model.reset(2);
        bus.batch().writeBlock(0, data).compareBlock(0, data).run();
    }

    @Test
    void unaskedResponsesAreFoundWhileNothingRuns() {
        fault(11);
        assertThrows(BusProtocolException.class, () -> model.step(3));
        fault(0);
        model.reset(1);
        fault(11);
        Batch batch = bus.batch().cycles(5);
        assertThrows(BusProtocolException.class, batch::run);
    }

    @ParameterizedTest
    @CsvSource({"11, RVALID during reset", "16, BVALID during reset"})
    void answersDuringResetAreFound(int fault, String rule) {
        fault(fault);
        long start = model.cycle();
        BusProtocolException e = assertThrows(BusProtocolException.class, () -> model.reset(5));
        assertTrue(e.getMessage().contains(rule), e.getMessage());
        assertEquals(start + 2, e.cycle(), "registers take their values at the end of the first cycle");
        fault(0);
        model.reset(2);
        bus.write(0, 5);
        assertEquals(5, bus.read(0));
    }

    @Test
    void refusesWhatMakesNoSense() {
        Batch batch = bus.batch();
        assertThrows(IllegalArgumentException.class, () -> batch.write(0x1000, 0), "12 address bits");
        assertThrows(IllegalArgumentException.class, () -> batch.writeBlock(0xffc, new int[2]));
        assertThrows(IllegalArgumentException.class, () -> batch.readBlock(0, new int[2], 0, 2, -4));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.writeBlock(0, new int[2], 1, 2, 4));
        assertThrows(IllegalArgumentException.class, () -> batch.write(0, 0, 16));
        assertThrows(IllegalArgumentException.class, () -> batch.poll(0, 1, 2, 10));
        assertThrows(IllegalArgumentException.class, () -> batch.budget(0));
        assertThrows(IllegalArgumentException.class, () -> batch.cycles(0));
        assertThrows(IllegalArgumentException.class, () -> batch.compareBlock(0, new int[2], new int[1], 4));
        assertThrows(IllegalArgumentException.class, () -> bus.outstanding(0));
        assertThrows(IllegalArgumentException.class, () -> Stalls.uniform(0, 256));
        assertEquals(model.cycle(), batch.writeBlock(0, new int[0]).run(), "nothing to do takes no cycle");
        assertThrows(IllegalStateException.class, batch::run);
        try (Model other = Model.open(TestModels.BUILD, TestModels.COUNTER, ModelOptions.defaults())) {
            Port foreign = other.port("count");
            assertThrows(IllegalArgumentException.class, () -> bus.batch().waitFor(foreign, 1, 10));
        }
        model.close();
        assertThrows(IllegalStateException.class, () -> bus.read(0));
    }

    @Test
    void nothingIsIssuedAfterAnError() {
        bus.write(0, 0x1111);
        Batch batch = bus.batch().writeBlock(SLAVE_ERROR, words(4, 3), 0, 3, -0x400);
        BusErrorException e = assertThrows(BusErrorException.class, batch::run);
        assertEquals(0, e.index());
        assertEquals(0x1111, bus.read(0), "the block's third word");
    }

    @Test
    void takenPayloadsAreInverted() {
        bus.write(0x10, 0x12345678);
        bus.read(0x24);
        assertEquals(0xfef, model.port("s_axi_awaddr").get());
        assertEquals(0xedcba987L, model.port("s_axi_wdata").get());
        assertEquals(0xfdb, model.port("s_axi_araddr").get());
    }

    @Test
    void backDoorEqualsFrontDoor() {
        int[] data = words(3, 256);
        bus.batch().writeBlock(0, data).run();
        BackdoorMemory memory = model.memory("TOP.axi_slave.ram", "mem");
        assertEquals(32, memory.width());
        assertEquals(256, memory.depth());
        assertArrayEquals(data, memory.readInts(0, 256));
        assertEquals(-1, memory.compare(0, data));
        data[100]++;
        assertEquals(100, memory.compare(0, data));
        assertEquals(60, memory.compare(40, Arrays.copyOfRange(data, 40, 256)));
        bus.write(400, data[100]);
        assertEquals(-1, memory.compare(0, data), "it is the live memory");
    }

    @Test
    void backDoorReadsEveryElementSize() {
        bus.write(8, 0x89abcdef);
        BackdoorMemory low = model.memory("TOP.axi_slave.ram", "low");
        assertEquals(1, low.elementBytes());
        assertArrayEquals(new int[] {0xef}, low.readInts(2, 1));
        BackdoorMemory twice = model.memory("TOP.axi_slave.ram", "twice");
        assertEquals(48, twice.width());
        assertArrayEquals(new long[] {0xcdef89abcdefL}, twice.readLongs(2, 1));
        assertEquals(-1, twice.compare(2, new long[] {0xcdef89abcdefL}));
        assertEquals(0, twice.compare(2, new long[] {0x89abcdefL}));
        assertThrows(IllegalArgumentException.class, () -> twice.readInts(0, 1));
        BackdoorMemory thrice = model.memory("TOP.axi_slave.ram", "thrice");
        assertArrayEquals(new int[] {0x89abcdef, 7, ~0x89abcdef}, thrice.readWords(2, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> low.readInts(255, 2));
        assertThrows(IllegalArgumentException.class, () -> model.memory("TOP.axi_slave.rom", "mem"));
        assertThrows(IllegalArgumentException.class, () -> model.memory("TOP.axi_slave.ram", "rom"));
        model.close();
        assertThrows(IllegalStateException.class, () -> low.readInts(0, 1));
    }
}
