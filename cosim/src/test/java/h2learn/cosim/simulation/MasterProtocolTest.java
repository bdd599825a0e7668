package h2learn.cosim.simulation;

import static h2learn.cosim.simulation.CopyMaster.BASE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of the AXI4 master is seen to be watched. */
class MasterProtocolTest {
    private static final long TO = BASE + 0x8000;

    private CopyMaster master;

    @BeforeEach
    void open() {
        master = new CopyMaster(64);
        MemoryTiming.Latency latency = new MemoryTiming.Latency(2, 3);
        // so that a valid has to wait now and then
        master.memory.timing(new MemoryTiming(7, MemoryTiming.Chances.uniform(128), latency, latency, 4, 4));
    }

    @AfterEach
    void close() {
        master.close();
    }

    private void copiesRight() {
        int[] data = new Random(1).ints(400).toArray();
        master.memory.load(BASE, data);
        master.copy(BASE, TO, 200, 16, 3);
        assertEquals(-1, master.memory.compare(TO, data));
    }

    @ParameterizedTest
    @CsvSource({
        " 1, AR, 3, ARVALID fell before ARREADY",
        " 2, AW, 3, AWVALID fell before AWREADY",
        " 3, W,  3, WVALID fell before WREADY",
        " 4, AR, 3, ARADDR changed before ARREADY",
        " 5, AR, 3, ARLEN changed before ARREADY",
        " 6, AR, 3, ARSIZE changed before ARREADY",
        " 7, AR, 3, ARBURST changed before ARREADY",
        " 8, AR, 3, ARCACHE changed before ARREADY",
        " 9, AR, 3, ARPROT changed before ARREADY",
        "10, AW, 3, AWADDR changed before AWREADY",
        "11, AW, 3, AWLEN changed before AWREADY",
        "12, W,  3, WDATA changed before WREADY",
        "13, W,  3, WSTRB changed before WREADY",
        "14, W,  3, WLAST changed before WREADY",
        "15, AR, 3, the burst of 16 beats of 8 bytes at 0x80000fb8 crosses a 4 KiB boundary",
        "16, AW, 3, the burst of 16 beats of 8 bytes at 0x80008fb8 crosses a 4 KiB boundary",
        "17, AR, 3, 'has the type FIXED, not INCR'",
        "18, AW, 3, 'has the type WRAP, not INCR'",
        "19, AR, 3, 'ARSIZE is 16 bytes, wider than the bus of 8'",
        "20, AW, 3, 'AWSIZE is 16 bytes, wider than the bus of 8'",
        "21, W,  3, 'WLAST too early, in beat 15 of the burst of 16 beats of 8 bytes at 0x80008e38'",
        "22, W,  3, 'WLAST is missing in beat 16 of the burst of 16 beats'",
        "23, W,  3, more data than the bursts announced",
        "24, W,  2, outside of the addressed bytes",
        "30, W,  3, 'WLAST too early, in beat 15 of the burst of 16 beats of 8 bytes at 0x80008e38'",
        "31, W,  3, 256 beats without WLAST",
        "32, W,  3, 'WSTRB 0xff outside of the addressed bytes 0xfe, in beat 1 of'",
    })
    void brokenRulesAreFound(int fault, String channel, int size, String rule) {
        copiesRight();
        master.fault(fault);
        BusProtocolException e = assertThrows(BusProtocolException.class, () -> {
            master.copy(BASE + 0xe38, TO + 0xe38, 200, 16, size);
            master.model.step(2000);
        });
        String where = "AXI4 protocol violation in cycle %d on channel %s: ".formatted(e.cycle() - 1, channel);
        assertTrue(e.getMessage().contains(where) && e.getMessage().contains(rule), e.getMessage());

        // told once; the memory then is silent until a reset
        master.model.step(100);
        master.fault(0);
        master.model.reset(2);
        copiesRight();
    }

    @ParameterizedTest
    @CsvSource({"25, AR", "26, AW", "27, W"})
    void noValidDuringReset(int fault, String channel) {
        master.fault(fault);
        master.model.step(10);
        long start = master.model.cycle();
        BusProtocolException e = assertThrows(BusProtocolException.class, () -> master.model.reset(4));
        assertTrue(
                e.getMessage().contains("channel " + channel + ": " + channel + "VALID during reset"), e.getMessage());
        assertEquals(start + 2, e.cycle(), "registers take their values at the end of the first cycle");
        master.fault(0);
        master.model.reset(2);
        copiesRight();
    }

    @Test
    void noValidBeforeAnEdgeAfterReset() {
        master.fault(28);
        master.model.reset(2);
        BusProtocolException e = assertThrows(BusProtocolException.class, () -> master.model.step(5));
        assertTrue(e.getMessage().contains("ARVALID in the cycle in which reset ends"), e.getMessage());
        master.fault(0);
        master.model.reset(2);
        copiesRight();
    }

    @Test
    void aRightMasterIsNeverBlamed() {
        for (int seed = 100; seed < 130; seed++) {
            master.fault(seed % 3 == 0 ? 29 : 0);
            master.memory.timing(MemoryTiming.random(seed));
            byte[] data = new byte[333];
            new Random(seed).nextBytes(data);
            master.memory.load(BASE + seed, data);
            master.copy(BASE + seed, TO + seed, 333, seed, 0);
            assertArrayEquals(data, master.memory.readBytes(TO + seed, 333));
        }
    }
}
