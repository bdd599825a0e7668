package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Stream;
import h2learn.hdl.UInt;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes: nothing is lost, doubled or reordered, whatever the two ends do. */
class StreamTest {
    enum Piece {
        M2S(Stream::m2sPipe),
        S2M(Stream::s2mPipe),
        BOTH(stream -> stream.m2sPipe().s2mPipe()),
        QUEUE(stream -> stream.queue(4)),
        CHAIN(stream -> stream.queue(3).m2sPipe().queue(8));

        private final UnaryOperator<Stream<UInt>> make;

        Piece(UnaryOperator<Stream<UInt>> make) {
            this.make = make;
        }
    }

    /** A sender that counts up and a receiver that expects the count; both are as eager as the inputs say. */
    static final class Passage extends Circuit {
        final Bool send = in(bool());
        final Bool take = in(bool());
        final Bool wrong = outReg(bool()).init(false);
        final Bool drained = out(bool());
        final Bool arrived = out(bool());
        final Bool offered = out(bool());
        final Bool accepted = out(bool());
        final UInt sent = reg(uint(12)).init(0);
        final UInt received = reg(uint(12)).init(0);
        final Stream<UInt> source = wire(Stream.type(uint(12)));

        Passage(UnaryOperator<Stream<UInt>> piece) {
            source.valid.assign(send);
            source.payload.assign(sent);
            when(source.fire(), () -> sent.assign(sent.add(1)));
            Stream<UInt> sink = piece.apply(source);
            sink.ready.assign(take);
            when(sink.fire(), () -> {
                received.assign(received.add(1));
                when(sink.payload.ne(received), () -> wrong.assign(true));
            });
            drained.assign(sent.eq(received));
            arrived.assign(received.gt(300));
            offered.assign(sink.valid);
            accepted.assign(source.ready);
        }
    }

    @ParameterizedTest
    @EnumSource(Piece.class)
    void keepsOrderUnderRandomPressureAndFullRateWithout(Piece piece) {
        Simulation simulation = new Simulation(Passage.class, () -> new Passage(piece.make));
        SplittableRandom random = new SplittableRandom(5);
        Map<String, ?> good = Map.of("wrong", 0);
        for (int i = 0; i < 1500; i++) {
            // phases in which the sender, the receiver or neither is the slower one
            int eager = i / 100 % 3;
            simulation.row(
                    Map.of(
                            "send", random.nextInt(4) < (eager == 0 ? 1 : 3),
                            "take", random.nextInt(4) < (eager == 1 ? 1 : 3)),
                    good);
        }
        for (int i = 0; i < 40; i++) {
            simulation.row(Map.of("send", 0, "take", 1), good);
        }
        simulation.row(Map.of("send", 0, "take", 1), Map.of("wrong", 0, "drained", 1, "arrived", 1, "offered", 0));
        for (int i = 0; i < 100; i++) {
            simulation.row(
                    Map.of("send", 1, "take", 1), i < 12 ? good : Map.of("wrong", 0, "offered", 1, "accepted", 1));
        }
        simulation.run();
    }

    static final class Gates extends Circuit {
        final Stream<UInt> a = Stream.slave(uint(4));
        final Stream<UInt> b = Stream.slave(uint(4));
        final Bool stop = in(bool());
        final Stream<UInt> halted = Stream.master(uint(4));
        final Stream<UInt> thrown = Stream.master(uint(4));

        Gates() {
            a.haltWhen(stop).to(halted);
            b.throwWhen(stop).to(thrown);
        }
    }

    @Test
    void haltStopsAndThrowDrops() {
        Emitted text = Emitted.of(Gates::new);
        assertEquals(
                List.of("input 1 a_valid", "output 1 a_ready", "input 4 a_payload"),
                text.ports("Gates").subList(0, 3));
        Simulation simulation = new Simulation(Gates.class, Gates::new);
        for (int i = 0; i < 32; i++) {
            boolean av = (i & 1) == 1;
            boolean bv = (i & 2) == 2;
            boolean stop = (i & 4) == 4;
            boolean hr = (i & 8) == 8;
            boolean tr = (i & 16) == 16;
            simulation.row(
                    Map.of(
                            "a_valid",
                            av,
                            "b_valid",
                            bv,
                            "stop",
                            stop,
                            "halted_ready",
                            hr,
                            "thrown_ready",
                            tr,
                            "a_payload",
                            i & 15,
                            "b_payload",
                            i >> 1),
                    Map.of(
                            "halted_valid",
                            av && !stop,
                            "a_ready",
                            hr && !stop,
                            "thrown_valid",
                            bv && !stop,
                            "b_ready",
                            tr || stop,
                            "halted_payload",
                            i & 15,
                            "thrown_payload",
                            i >> 1));
        }
        simulation.run();
    }
}
