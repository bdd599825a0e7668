package h2learn.rtl.bus;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.test.Simulation;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The slave under a master that uses all five channels at once, each as eager as the test says. Everything sent is a
 * function of a count, so that a lost, doubled, reordered or mixed up access shows.
 */
class AxiLiteSlaveTest {
    private static final int ADDRESS_BITS = 14;

    /** What one side has seen so far, and whether it was always what the other side sent. */
    static final class Traffic extends Circuit {
        final Bool wantAddress = in(bool());
        final Bool wantData = in(bool());
        final Bool wantRead = in(bool());
        final Bool takeWrite = in(bool());
        final Bool takeRead = in(bool());
        final Bool wrong = outReg(bool()).init(false);
        final Bool settled = out(bool());
        final Bool many = out(bool());
        final Bool access = out(bool());
        final UInt addresses = reg(uint(12)).init(0);
        final UInt data = reg(uint(12)).init(0);
        final UInt reads = reg(uint(12)).init(0);
        final UInt writesMade = reg(uint(12)).init(0);
        final UInt readsMade = reg(uint(12)).init(0);
        final UInt writeAnswers = reg(uint(12)).init(0);
        final UInt readAnswers = reg(uint(12)).init(0);
        final AxiLiteSlave slave = inst(new AxiLiteSlave(ADDRESS_BITS, Target.GENERIC));
        final AxiLite bus = slave.s_axi;

        Traffic() {
            bus.awaddr.assign(writeAddress(addresses));
            bus.wdata.assign(word(data));
            bus.wstrb.assign(strobe(data));
            bus.araddr.assign(readAddress(reads));
            bus.awprot.assign(0);
            bus.arprot.assign(0);
            // a master must not take back what it offers
            Bool awvalid = offered(wantAddress, bus.awready);
            Bool wvalid = offered(wantData, bus.wready);
            Bool arvalid = offered(wantRead, bus.arready);
            bus.awvalid.assign(awvalid);
            bus.wvalid.assign(wvalid);
            bus.arvalid.assign(arvalid);
            bus.bready.assign(takeWrite);
            bus.rready.assign(takeRead);
            count(addresses, awvalid.and(bus.awready));
            count(data, wvalid.and(bus.wready));
            count(reads, arvalid.and(bus.arready));
            count(writeAnswers, bus.bvalid.and(bus.bready));
            count(readAnswers, bus.rvalid.and(bus.rready));

            Bool write = slave.access.and(slave.accessWrite);
            Bool read = slave.access.and(slave.accessWrite.not());
            count(writesMade, write);
            count(readsMade, read);
            fail(write.and(slave.address
                    .ne(writeAddress(writesMade))
                    .or(slave.writeData.ne(word(writesMade)), slave.strobe.ne(strobe(writesMade)))));
            fail(read.and(slave.address.ne(readAddress(readsMade))));
            // answers come two cycles after their access and are garbage at other times
            slave.readData.assign(delay(slave.address.asBits().resize(32), 2));
            slave.answer.assign(delay(slave.address.slice(3, 2).asBits(), 2));
            fail(bus.rvalid.and(bus.rdata
                    .ne(readAddress(readAnswers).asBits().resize(32))
                    .or(bus.rresp.ne(readAddress(readAnswers).slice(3, 2).asBits()))));
            fail(bus.bvalid.and(
                    bus.bresp.ne(writeAddress(writeAnswers).slice(3, 2).asBits())));
            // valid and payload stay until they are taken
            fail(kept(bus.rvalid, bus.rready));
            fail(kept(bus.bvalid, bus.bready));
            access.assign(slave.access);
            settled.assign(writesMade
                    .eq(data)
                    .and(writeAnswers.eq(data), readsMade.eq(reads), readAnswers.eq(reads), bus.bvalid.not()));
            many.assign(writeAnswers.gt(400).and(readAnswers.gt(400)));
        }

        private static UInt writeAddress(UInt count) {
            return count.resize(ADDRESS_BITS).shl(2).resize(ADDRESS_BITS);
        }

        private static UInt readAddress(UInt count) {
            return writeAddress(count.not());
        }

        private static Bits word(UInt count) {
            return count.not().cat(count).cat(Bits.lit(0x5a, 8));
        }

        private static Bits strobe(UInt count) {
            return count.slice(6, 3).asBits();
        }

        private static Bool offered(Bool want, Bool ready) {
            Bool waiting = reg(bool()).init(false);
            Bool valid = want.or(waiting);
            waiting.assign(valid.and(ready.not()));
            return valid;
        }

        private static void count(UInt counter, Bool event) {
            when(event, () -> counter.assign(counter.add(1)));
        }

        private void fail(Bool condition) {
            when(condition, () -> wrong.assign(true));
        }

        private static Bool kept(Bool valid, Bool ready) {
            return regNext(valid.and(ready.not()), Bool.lit(false)).and(valid.not());
        }
    }

    @Test
    void nothingIsLostDoubledOrMixedUp() {
        Simulation simulation = new Simulation(Traffic.class, Traffic::new);
        SplittableRandom random = new SplittableRandom(8);
        String[] channels = {"wantAddress", "wantData", "wantRead", "takeWrite", "takeRead"};
        for (int phase = 0; phase < 40; phase++) {
            // some channels nearly closed, others always open: the slave's queues fill, addresses run ahead of data
            int[] chance = random.ints(channels.length, 0, 9).toArray();
            for (int i = 0; i < 100; i++) {
                Map<String, Object> in = new HashMap<>();
                for (int channel = 0; channel < channels.length; channel++) {
                    in.put(channels[channel], random.nextInt(8) < Math.max(1, chance[channel]));
                }
                simulation.row(in, Map.of("wrong", 0));
            }
        }
        Map<String, Object> quiet =
                Map.of("wantAddress", 0, "wantData", 0, "wantRead", 0, "takeWrite", 1, "takeRead", 1);
        for (int i = 0; i < 40; i++) {
            simulation.row(quiet, Map.of("wrong", 0));
        }
        simulation.row(quiet, Map.of("wrong", 0, "many", 1));
        simulation.run();
    }

    @Test
    void oneAccessACycleAndAllOfThemAnswered() {
        Simulation simulation = new Simulation(Traffic.class, Traffic::new);
        Map<String, Object> eager =
                Map.of("wantAddress", 1, "wantData", 1, "wantRead", 1, "takeWrite", 1, "takeRead", 1);
        Map<String, Object> quiet =
                Map.of("wantAddress", 0, "wantData", 0, "wantRead", 0, "takeWrite", 1, "takeRead", 1);
        for (int i = 0; i < 200; i++) {
            simulation.row(eager, i < 3 ? Map.of("wrong", 0) : Map.of("wrong", 0, "access", 1));
        }
        for (int i = 0; i < 20; i++) {
            simulation.row(quiet, Map.of("wrong", 0));
        }
        simulation.row(quiet, Map.of("wrong", 0, "settled", 1));
        simulation.run();
    }
}
