package h2learn.hdl.test;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Clock;
import h2learn.hdl.Delay;
import h2learn.hdl.EnumSig;
import h2learn.hdl.EnumType;
import h2learn.hdl.UInt;
import h2learn.hdl.Verilog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Registers, conditions, choices and enums. */
class StatementsTest {
    static final class Registers extends Circuit {
        final UInt d = in(uint(4));
        final UInt cleared = outReg(uint(4)).init(5);
        final UInt plain = outReg(uint(4));

        Registers() {
            cleared.assign(d);
            plain.assign(d);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SYNC_HIGH  | always @(posedge clk) begin if(reset) begin cleared <= 4'b0101;                      | input wire reset
            SYNC_LOW   | always @(posedge clk) begin if(!resetn) begin cleared <= 4'b0101;                    | input wire resetn
            ASYNC_HIGH | always @(posedge clk or posedge reset) begin if(reset) begin cleared <= 4'b0101;     | input wire reset
            ASYNC_LOW  | always @(posedge clk or negedge resetn) begin if(!resetn) begin cleared <= 4'b0101;  | input wire resetn
            NONE       | initial begin cleared = 4'b0101; end                                                 | input wire clk
            """)
    void resetKinds(Clock.Reset kind, String reset, String port) {
        Emitted.of(Verilog.inMemory().reset(kind), Registers::new)
                .has("Registers", reset, port, "always @(posedge clk) begin plain <= d; end")
                .hasNot("Registers", kind == Clock.Reset.NONE ? "reset" : "initial");
    }

    static final class Decisions extends Circuit {
        final Bool a = in(bool());
        final Bool b = in(bool());
        final UInt x = in(uint(4));
        final UInt chosen = out(uint(4));
        final UInt counted = outReg(uint(4)).init(0);
        final UInt cases = out(uint(4));
        final UInt masked = out(uint(2));

        Decisions() {
            chosen.assign(0);
            when(a, () -> {
                        chosen.assign(1);
                        when(x.gt(7), () -> chosen.assign(x));
                    })
                    .elseWhen(b, () -> chosen.assign(2))
                    .otherwise(() -> chosen.assign(3));
            when(a.and(b), () -> counted.assign(counted.add(1)));
            switch_(x, s -> s.is(0, () -> cases.assign(9))
                    .isAny(List.of(1, 2L), () -> cases.assign(8))
                    .is(UInt.lit(3, 4), () -> cases.assign(7))
                    .otherwise(() -> cases.assign(x)));
            masked.assign(0);
            switch_(x, s -> s.is("1--0", () -> masked.assign(1)).is("01--", () -> masked.assign(2)));
        }
    }

    @Test
    void conditionsAndChoices() {
        Simulation simulation = new Simulation(Decisions.class, Decisions::new);
        int counted = 0;
        for (int i = 0; i < 128; i++) {
            int x = i & 15;
            boolean a = (i >> 4 & 1) == 1;
            boolean b = (i >> 5 & 1) == 1;
            int chosen = a ? x > 7 ? x : 1 : b ? 2 : 3;
            int cases =
                    switch (x) {
                        case 0 -> 9;
                        case 1, 2 -> 8;
                        case 3 -> 7;
                        default -> x;
                    };
            int masked = (x & 9) == 8 ? 1 : (x & 12) == 4 ? 2 : 0;
            simulation.row(
                    Map.of("a", a, "b", b, "x", x),
                    Map.of("chosen", chosen, "counted", counted & 15, "cases", cases, "masked", masked));
            counted += a && b ? 1 : 0;
        }
        simulation.run();
        Emitted.of(Decisions::new).has("Decisions", "case(x)", "default :", "end else begin if(b) begin");
    }

    enum Phase {
        IDLE,
        LOAD,
        RUN,
        STORE,
        DONE
    }

    static final class Machine extends Circuit {
        final Bool go = in(bool());
        final Bits bits;
        final Bool running = out(bool());
        final EnumSig<Phase> phase;

        Machine(EnumType.Encoding encoding) {
            EnumType<Phase> type = EnumType.of(Phase.class, encoding);
            phase = reg(type).init(Phase.IDLE);
            bits = out(bits(phase.width()));
            bits.assign(phase.asBits());
            running.assign(phase.is(Phase.RUN));
            switch_(phase, s -> {
                s.is(Phase.IDLE, () -> when(go, () -> phase.assign(Phase.LOAD)));
                s.is(Phase.LOAD, () -> phase.assign(mux(go, type.lit(Phase.RUN), type.lit(Phase.STORE))));
                s.isAny(List.of(Phase.RUN, Phase.STORE), () -> phase.assign(Phase.DONE));
                s.otherwise(() -> phase.assign(Phase.IDLE));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(EnumType.Encoding.class)
    void enumsAreNamedConstantsInTheChosenEncoding(EnumType.Encoding encoding) {
        Simulation simulation = new Simulation(Machine.class, () -> new Machine(encoding));
        SplittableRandom random = new SplittableRandom(1);
        Phase phase = Phase.IDLE;
        for (int i = 0; i < 200; i++) {
            boolean go = random.nextBoolean();
            int ordinal = phase.ordinal();
            int code =
                    switch (encoding) {
                        case BINARY -> ordinal;
                        case ONE_HOT -> 1 << ordinal;
                        case GRAY -> ordinal ^ ordinal >> 1;
                    };
            simulation.row(Map.of("go", go), Map.of("bits", code, "running", phase == Phase.RUN));
            phase = switch (phase) {
                case IDLE -> go ? Phase.LOAD : Phase.IDLE;
                case LOAD -> go ? Phase.RUN : Phase.STORE;
                case RUN, STORE -> Phase.DONE;
                case DONE -> Phase.IDLE;
            };
        }
        simulation.run();
        Emitted text = Emitted.of(() -> new Machine(encoding)).has("Machine", "localparam Phase_LOAD = ", "Phase_DONE");
        if (encoding == EnumType.Encoding.ONE_HOT) {
            text.has("Machine", "localparam Phase_LOAD = 5'd2;");
        }
    }

    static final class Delays extends Circuit {
        final UInt x = in(uint(4));
        final Bool enable = in(bool());
        final UInt now = out(uint(4));
        final UInt third = out(uint(4));
        final UInt held = out(uint(4));
        final UInt started = out(uint(4));
        final Bool rise = out(bool());
        final Delay<UInt> line = Delay.of(x, 3);

        Delays() {
            now.assign(delay(x, 0));
            third.assign(line.last());
            held.assign(regNextWhen(x, enable));
            started.assign(regNext(x, UInt.lit(6, 4)));
            rise.assign(enable.rise());
        }
    }

    @Test
    void delaysCountCyclesAndAreNamedAfterTheirSignal() {
        Simulation simulation = new Simulation(Delays.class, Delays::new);
        SplittableRandom random = new SplittableRandom(2);
        int[] x = new int[100];
        boolean[] enable = new boolean[100];
        int held = -1;
        for (int i = 0; i < 100; i++) {
            x[i] = random.nextInt(16);
            enable[i] = random.nextBoolean();
            Map<String, Object> out = new HashMap<>(Map.of(
                    "now", x[i], "started", i == 0 ? 6 : x[i - 1], "rise", enable[i] && (i == 0 || !enable[i - 1])));
            if (i >= 3) {
                out.put("third", x[i - 3]);
            }
            if (held >= 0) {
                out.put("held", held);
            }
            simulation.row(Map.of("x", x[i], "enable", enable[i]), out);
            held = enable[i] ? x[i] : held;
        }
        simulation.run();
        Emitted.of(Delays::new).has("Delays", "x_delay_2 <= x_delay_1", "x_delay_3 <= x_delay_2");
    }
}
