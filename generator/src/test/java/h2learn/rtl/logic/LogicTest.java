package h2learn.rtl.logic;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.hdl.test.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogicTest {
    static final class Helpers extends Circuit {
        final Bits x;
        final UInt index;
        final SInt value = in(sint(12));
        final UInt amount = in(uint(4));
        final UInt ones;
        final UInt first;
        final Bits rest;
        final UInt choice = out(uint(8));
        final SInt shifted = out(sint(12));

        Helpers(int width) {
            x = in(bits(width));
            index = in(uint(UInt.bitsFor(width)));
            ones = out(uint(UInt.bitsFor(width + 1)));
            first = out(uint(UInt.bitsFor(width)));
            rest = out(bits(width));
            List<Bool> bits = new ArrayList<>();
            List<UInt> choices = new ArrayList<>();
            for (int bit = 0; bit < width; bit++) {
                bits.add(x.bit(bit));
                choices.add(UInt.lit(3L * bit + 1, 8));
            }
            ones.assign(Count.ones(bits));
            first.assign(Count.firstOne(x));
            rest.assign(Count.withoutFirst(x));
            choice.assign(OneOf.select(index, choices));
            shifted.assign(Shift.left(value, amount));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 13, 33})
    void agreeWithJava(int width) {
        Simulation simulation = new Simulation(Helpers.class, () -> new Helpers(width));
        SplittableRandom random = new SplittableRandom(width);
        for (int i = 0; i < 500; i++) {
            long sparse = random.nextLong();
            long x = sparse & random.nextLong() & (1L << width) - 1;
            int index = random.nextInt(width);
            int value = random.nextInt(1 << 12) - (1 << 11);
            // beyond the width too
            int amount = i % 16;
            Map<String, Object> out = new HashMap<>(Map.of(
                    "ones", Long.bitCount(x), "rest", x & x - 1, "choice", 3 * index + 1, "shifted", value << amount));
            if (x != 0) {
                out.put("first", Long.numberOfTrailingZeros(x));
            }
            simulation.row(Map.of("x", x, "index", index, "value", value, "amount", amount), out);
        }
        simulation.run();
    }
}
