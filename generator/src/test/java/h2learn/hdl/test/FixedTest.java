package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.HdlException;
import h2learn.hdl.Rounded;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.hdl.Verilog;
import h2learn.number.FixedFormat;
import h2learn.number.Rounding;
import h2learn.number.RoundingNoise;
import h2learn.number.ScaledFactor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedTest {
    /** Every constant shift, every saturation and every run-time shift of one width. */
    static final class AllShifts extends Circuit {
        final SInt value;
        final UInt shift = in(uint(4));
        final Map<String, SInt> constant = new LinkedHashMap<>();
        final Map<String, SInt> saturated = new LinkedHashMap<>();
        final Map<String, SInt> runTime = new LinkedHashMap<>();
        final Map<String, Bool> changed = new LinkedHashMap<>();
        final SInt step = out(sint(16));

        AllShifts(int width) {
            value = in(sint(width));
            Fixed number = Fixed.of(value, 3);
            for (int k = 0; k <= width + 1; k++) {
                constant.put("" + k, output(number.roundedShiftRight(k).value()));
            }
            for (int bits = 1; bits <= width + 1; bits++) {
                Rounded narrow = number.saturate(bits);
                saturated.put("" + bits, output(narrow.value()));
                changed.put("s" + bits, flag(narrow.saturated()));
                Rounded shifted = number.roundShifted(shift, bits);
                runTime.put("" + bits, output(shifted.value()));
                changed.put("r" + bits, flag(shifted.saturated()));
            }
            step.assign(number.roundedShiftRight(shift).value().resize(16));
        }
    }

    private static SInt output(SInt signal) {
        SInt port = Circuit.out(Circuit.sint(signal.width()));
        port.assign(signal);
        return port;
    }

    private static Bool flag(Bool signal) {
        Bool port = Circuit.out(Circuit.bool());
        port.assign(signal);
        return port;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void agreesWithTheGoldenModelForEveryValueAndShift(int width) {
        Simulation simulation = new Simulation(AllShifts.class, () -> new AllShifts(width));
        for (long value = -(1L << (width - 1)); value < 1L << (width - 1); value++) {
            for (int shift = 0; shift < 16; shift++) {
                Map<String, Object> wanted = new HashMap<>();
                for (int k = 0; k <= width + 1; k++) {
                    wanted.put("constant_" + k, Rounding.shiftRight(value, k));
                }
                long rounded = Rounding.shiftRight(value, shift);
                for (int bits = 1; bits <= width + 1; bits++) {
                    wanted.put("saturated_" + bits, Rounding.saturate(value, bits));
                    wanted.put("changed_s" + bits, Rounding.saturate(value, bits) != value);
                    wanted.put("runTime_" + bits, Rounding.saturate(rounded, bits));
                    wanted.put("changed_r" + bits, Rounding.saturate(rounded, bits) != rounded);
                }
                wanted.put("step", rounded);
                simulation.row(Map.of("value", value, "shift", shift), wanted);
            }
        }
        simulation.run();
    }

    static final class Wide extends Circuit {
        final SInt value;
        final UInt shift;
        final SInt dynamic;
        final Bool saturated = out(bool());
        final SInt fixed;
        final SInt format = out(sint(16));

        Wide(int width, int shiftWidth, int bits) {
            value = in(sint(width));
            shift = in(uint(shiftWidth));
            dynamic = out(sint(bits));
            fixed = out(sint(bits));
            Rounded rounded = Fixed.of(value, 0).roundShifted(shift, bits);
            dynamic.assign(rounded.value());
            saturated.assign(rounded.saturated());
            fixed.assign(Fixed.of(value, 0).roundShifted(23, bits).value());
            format.assign(Fixed.of(value, 20).roundTo(new FixedFormat(16, 8)).value());
        }
    }

    @ParameterizedTest
    @CsvSource({"64,6,16", "63,6,8", "48,6,32", "40,5,16", "33,1,32", "32,2,8", "17,4,16"})
    void agreesWithTheGoldenModelForLargeRandomValues(int width, int shiftWidth, int bits) {
        Simulation simulation = new Simulation(Wide.class, () -> new Wide(width, shiftWidth, bits));
        SplittableRandom random = new SplittableRandom(width);
        for (int i = 0; i < 4000; i++) {
            int shift = random.nextInt(Math.min(63, 1 << shiftWidth));
            long value =
                    switch (i % 4) {
                        case 0 -> random.nextLong();
                            // ties and their neighbours, near the border of saturation
                        case 1 -> ((random.nextLong() >> 40 << 1 | 1) << Math.max(0, shift - 1))
                                + random.nextInt(3)
                                - 1;
                        case 2 -> (((1L << (bits - 1)) - 2 + random.nextInt(4)) << shift)
                                + (1L << shift >> 1)
                                + random.nextInt(3)
                                - 1;
                        default -> random.nextBoolean() ? -(1L << (width - 1)) : (1L << (width - 1)) - 1;
                    };
            value = value << (64 - width) >> (64 - width);
            long rounded = Rounding.shiftRight(value, shift);
            simulation.row(
                    Map.of("value", value, "shift", shift),
                    Map.of(
                            "dynamic", Rounding.saturate(rounded, bits),
                            "saturated", Rounding.saturate(rounded, bits) != rounded,
                            "fixed", Rounding.saturate(Rounding.shiftRight(value, 23), bits),
                            "format", new FixedFormat(16, 8).saturate(Rounding.shiftRight(value, 12))));
        }
        simulation.run();
    }

    static final class Stochastic extends Circuit {
        final SInt value;
        final UInt random = in(uint(32));
        final UInt shift = in(uint(6));
        final SInt result;

        Stochastic(int width) {
            value = in(sint(width));
            result = out(sint(width + 1));
            result.assign(Fixed.of(value, 0)
                    .stochasticShiftRight(shift, Fixed.uniform(random, shift))
                    .value()
                    .resize(width + 1));
        }
    }

    @Test
    void roundsAtRandomAsTheGoldenModel() {
        Simulation simulation = new Simulation(Stochastic.class, () -> new Stochastic(49));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 4000; i++) {
            int shift = i % (ScaledFactor.MAXIMUM_SHIFT + 1);
            int bits = i % 5 == 0 ? -1 : i % 7 == 0 ? 0 : random.nextInt();
            long value = i % 11 == 0 ? 0 : random.nextLong() >> 15 + random.nextInt(30);
            simulation.row(
                    Map.of("value", value, "random", Integer.toUnsignedLong(bits), "shift", shift),
                    Map.of("result", RoundingNoise.shiftRight(value, shift, bits)));
        }
        simulation.run();
    }

    static final class Exact extends Circuit {
        final SInt a = in(sint(6));
        final SInt b = in(sint(5));
        final Fixed sum = Fixed.of(a, 3).add(Fixed.of(b, 1));
        final Fixed difference = Fixed.of(b, 1).sub(Fixed.of(a, 3));
        final Fixed product = Fixed.of(a, 3).mul(Fixed.of(b, 1)).shiftLeft(2);
        final Rounded finer = Fixed.of(b, 1).roundTo(new FixedFormat(8, 4));
        final SInt s = output(sum.value());
        final SInt d = output(difference.value());
        final SInt p = output(product.value());
        final SInt f = output(finer.value());
        final Bool c = flag(finer.saturated());
    }

    @Test
    void sumsDifferencesAndProductsAreExact() {
        Simulation simulation = new Simulation(Exact.class, Exact::new);
        for (int a = -32; a < 32; a++) {
            for (int b = -16; b < 16; b++) {
                long fine = new FixedFormat(8, 4).saturate(b * 8L);
                simulation.row(
                        Map.of("a", a, "b", b),
                        Map.of("s", a + 4 * b, "d", 4 * b - a, "p", 4 * a * b, "f", fine, "c", fine != b * 8L));
            }
        }
        simulation.run();
    }

    static final class Widths extends Circuit {
        final SInt a = in(sint(20));
        final SInt y = out(sint(16));

        Widths() {
            Fixed number = Fixed.of(a, 10);
            assertEquals(14, number.roundedShiftRight(7).bits(), "one bit more than the kept ones");
            assertEquals(20, number.roundedShiftRight(0).bits());
            assertEquals(1, number.roundedShiftRight(20).bits());
            assertEquals(20, number.roundedShiftRight(a.slice(4, 0).asUInt()).bits());
            assertEquals(4, number.roundToFraction(4).fractionBits());
            assertEquals(15, number.roundToFraction(4).bits());
            assertEquals(24, number.roundToFraction(14).bits());
            assertThrows(HdlException.class, () -> Fixed.of(a, -1));
            assertThrows(HdlException.class, () -> Fixed.of(a, new FixedFormat(16, 8)));
            assertThrows(HdlException.class, () -> number.roundedShiftRight(-1));
            assertThrows(HdlException.class, () -> number.saturate(0));
            y.assign(number.saturate(16).value());
        }
    }

    @Test
    void widthsHoldEveryResultAndNoMore() {
        assertEquals(1, Verilog.inMemory().generate(Widths::new).size());
    }

    @Test
    void theRunTimeShifterIsNoWiderThanTheValue() {
        String text = Verilog.inMemory().generate(() -> new Wide(40, 5, 16)).get("Wide.v");
        for (int width = 42; width < 100; width++) {
            assertEquals(-1, text.indexOf("[" + (width - 1) + ":0]"), "a signal of " + width + " bits");
        }
    }
}
