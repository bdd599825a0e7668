package h2learn.hdl.test;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.Signal;
import h2learn.hdl.UInt;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of operators, each against Java's arithmetic on random vectors and on the extremes. */
class OperatorsTest {
    /** The operands as Java sees them; {@code c} is four bits wide. */
    record Operands(BigInteger a, BigInteger b, BigInteger c, int widthA, int widthB) {
        int shift() {
            return c.intValue();
        }

        int wider() {
            return Math.max(widthA, widthB);
        }

        BigInteger mask(int bits) {
            return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        }
    }

    interface Expected extends Function<Operands, Object> {}

    /** One output a table row; the port is called after the operator. */
    abstract static class Table extends Circuit {
        final Map<String, Signal<?>> y = new LinkedHashMap<>();
        final Map<String, Expected> expected = new LinkedHashMap<>();

        <T extends Signal<T>> void row(String name, T signal, Expected value) {
            T port = out(signal.type());
            port.assign(signal);
            y.put(name, port);
            expected.put(name, value);
        }

        final <T extends Signal<T>> void row(String name, BiFunction<T, T, T> operator, T a, T b, Expected value) {
            row(name, operator.apply(a, b), value);
        }
    }

    private static Object reverse(BigInteger value, int width) {
        BigInteger result = BigInteger.ZERO;
        for (int bit = 0; bit < width; bit++) {
            result = value.testBit(bit) ? result.setBit(width - 1 - bit) : result;
        }
        return result;
    }

    static final class Unsigned extends Table {
        final UInt a;
        final UInt b;
        final UInt c = in(uint(4));

        Unsigned(int widthA, int widthB) {
            a = in(uint(widthA));
            b = in(uint(widthB));
            row("add", UInt::add, a, b, o -> o.a.add(o.b));
            row("addWide", UInt::addWide, a, b, o -> o.a.add(o.b));
            row("sub", UInt::sub, a, b, o -> o.a.subtract(o.b));
            row("subWide", UInt::subWide, a, b, o -> o.a.subtract(o.b));
            row("mul", UInt::mul, a, b, o -> o.a.multiply(o.b));
            row("min", UInt::min, a.resize(40), b.resize(40), o -> o.a.min(o.b));
            row("max", UInt::max, a.resize(40), b.resize(40), o -> o.a.max(o.b));
            row("addOne", a.add(1), o -> o.a.add(BigInteger.ONE));
            row("subOne", a.sub(1), o -> o.a.subtract(BigInteger.ONE));
            row("lt", a.lt(b), o -> o.a.compareTo(o.b) < 0);
            row("le", a.le(b), o -> o.a.compareTo(o.b) <= 0);
            row("gt", a.gt(b), o -> o.a.compareTo(o.b) > 0);
            row("ge", a.ge(b), o -> o.a.compareTo(o.b) >= 0);
            row("eq", a.eq(b), o -> o.a.equals(o.b));
            row("ne", a.ne(b), o -> !o.a.equals(o.b));
            long middle = 1L << (widthA - 1);
            for (long k : new long[] {-1, 0, middle, 2 * middle - 1, 2 * middle}) {
                BigInteger constant = BigInteger.valueOf(k);
                String suffix = (k < 0 ? "m" : "") + Math.abs(k);
                row("lt" + suffix, a.lt(k), o -> o.a.compareTo(constant) < 0);
                row("le" + suffix, a.le(k), o -> o.a.compareTo(constant) <= 0);
                row("gt" + suffix, a.gt(k), o -> o.a.compareTo(constant) > 0);
                row("ge" + suffix, a.ge(k), o -> o.a.compareTo(constant) >= 0);
            }
            row("shl", a.shl(3), o -> o.a.shiftLeft(3));
            row("shr", a.shr(2), o -> o.a.shiftRight(2));
            row("shlBy", a.shl(c), o -> o.a.shiftLeft(o.shift()));
            row("shrBy", a.shr(c), o -> o.a.shiftRight(o.shift()));
            row("widen", a.resize(widthA + 5), o -> o.a);
            row("narrow", a.resize(3), o -> o.a);
            row("asSInt", a.asSInt(), o -> o.a);
            row("toSInt", a.toSInt(), o -> o.a);
            row("mux", c.bit(0).mux(a, b.resize(widthA)), o -> o.c.testBit(0) ? o.a : o.b);
        }
    }

    static final class Signed extends Table {
        final SInt a;
        final SInt b;
        final UInt c = in(uint(4));

        Signed(int widthA, int widthB) {
            a = in(sint(widthA));
            b = in(sint(widthB));
            row("add", SInt::add, a, b, o -> o.a.add(o.b));
            row("addWide", SInt::addWide, a, b, o -> o.a.add(o.b));
            row("sub", SInt::sub, a, b, o -> o.a.subtract(o.b));
            row("subWide", SInt::subWide, a, b, o -> o.a.subtract(o.b));
            row("mul", SInt::mul, a, b, o -> o.a.multiply(o.b));
            row("min", SInt::min, a.resize(40), b.resize(40), o -> o.a.min(o.b));
            row("max", SInt::max, a.resize(40), b.resize(40), o -> o.a.max(o.b));
            row("neg", a.neg(), o -> o.a.negate());
            row("negWide", a.negWide(), o -> o.a.negate());
            row("lt", a.lt(b), o -> o.a.compareTo(o.b) < 0);
            row("le", a.le(b), o -> o.a.compareTo(o.b) <= 0);
            row("gt", a.gt(b), o -> o.a.compareTo(o.b) > 0);
            row("ge", a.ge(b), o -> o.a.compareTo(o.b) >= 0);
            row("eq", a.eq(b), o -> o.a.equals(o.b));
            row("ne", a.ne(b), o -> !o.a.equals(o.b));
            long limit = 1L << (widthA - 1);
            for (long k : new long[] {-limit - 1, -limit, -1, 0, limit - 1, limit}) {
                BigInteger constant = BigInteger.valueOf(k);
                String suffix = (k < 0 ? "m" : "") + Math.abs(k);
                row("lt" + suffix, a.lt(k), o -> o.a.compareTo(constant) < 0);
                row("le" + suffix, a.le(k), o -> o.a.compareTo(constant) <= 0);
                row("gt" + suffix, a.gt(k), o -> o.a.compareTo(constant) > 0);
                row("ge" + suffix, a.ge(k), o -> o.a.compareTo(constant) >= 0);
            }
            row("shl", a.shl(3), o -> o.a.shiftLeft(3));
            row("shr", a.shr(2), o -> o.a.shiftRight(2));
            row("shlBy", a.shl(c), o -> o.a.shiftLeft(o.shift()));
            row("shrBy", a.shr(c), o -> o.a.shiftRight(o.shift()));
            row("widen", a.resize(widthA + 5), o -> o.a);
            row("narrow", a.resize(3), o -> o.a);
            row("asUInt", a.asUInt(), o -> o.a);
            row("msb", a.msb(), o -> o.a.signum() < 0);
            row("sum", SInt.sum(List.of(a, b, a, a, b)), o -> o.a.multiply(BigInteger.valueOf(3))
                    .add(o.b.shiftLeft(1)));
            row("slice", a.slice(widthA - 1, 1), o -> o.a.shiftRight(1));
            row("masked", a.andMask(c.bit(1)), o -> o.c.testBit(1) ? o.a : BigInteger.ZERO);
        }
    }

    static final class Logic extends Table {
        final Bits a;
        final Bits b;
        final UInt c = in(uint(4));

        Logic(int widthA, int widthB) {
            a = in(bits(widthA));
            b = in(bits(widthB));
            Bits same = b.resize(widthA);
            row("and", Bits::and, a, same, o -> o.a.and(o.b));
            row("or", Bits::or, a, same, o -> o.a.or(o.b.and(o.mask(o.widthA))));
            row("xor", Bits::xor, a, same, o -> o.a.xor(o.b));
            row("not", a.not(), o -> o.a.not());
            row("orR", a.orR(), o -> o.a.signum() != 0);
            row("andR", a.andR(), o -> o.a.equals(o.mask(o.widthA)));
            row("xorR", a.xorR(), o -> o.a.bitCount() % 2 == 1);
            row("bit", a.bit(2), o -> o.a.testBit(2));
            row("bitAt", a.bit(c.slice(1, 0)), o -> o.a.testBit(o.shift() & 3));
            row("slice", a.slice(3, 1), o -> o.a.shiftRight(1));
            row("sliceAt", a.slice(c.slice(0, 0), 3), o -> o.a.shiftRight(o.shift() & 1));
            row("cat", a.cat(b), o -> o.a.shiftLeft(o.widthB).or(o.b));
            row("concat", Bits.concat(List.of(a, b, a)), o -> o.a.shiftLeft(o.widthA + o.widthB)
                    .or(o.b.shiftLeft(o.widthA))
                    .or(o.a));
            row("shl", a.shl(2), o -> o.a.shiftLeft(2));
            row("shr", a.shr(2), o -> o.a.shiftRight(2));
            row("equal", a.eq(5), o -> o.a.intValue() == 5);
            Bool p = a.bit(0);
            Bool q = b.bit(0);
            Bool r = c.bit(0);
            row("boolAnd", p.and(q, r), o -> o.a.testBit(0) && o.b.testBit(0) && o.c.testBit(0));
            row("boolOr", p.or(q, r), o -> o.a.testBit(0) || o.b.testBit(0) || o.c.testBit(0));
            row("boolXor", p.xor(q), o -> o.a.testBit(0) != o.b.testBit(0));
            row("boolNot", p.not(), o -> !o.a.testBit(0));
            row("all", Bool.all(List.of(p, q, r)), o -> o.a.and(o.b).and(o.c).testBit(0));
            row("any", Bool.any(List.of(p, q, r)), o -> o.a.or(o.b).or(o.c).testBit(0));
            row("none", Bool.any(List.of()), o -> false);
            row("boolNumber", p.asUInt(), o -> o.a.testBit(0) ? 1 : 0);
            Bits turned = wire(bits(widthA));
            for (int bit = 0; bit < widthA; bit++) {
                turned.bit(widthA - 1 - bit).assign(a.bit(bit));
            }
            row("bitAssign", turned, o -> reverse(o.a, o.widthA));
            Bits parts = wire(bits(4));
            parts.assignBits(3, 2, a.slice(1, 0));
            parts.assignBits(1, 0, b.slice(1, 0));
            row("assignBits", parts, o -> o.a.shiftLeft(2).or(o.b.and(o.mask(2))));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "7, 5", "5, 9", "32, 32", "33, 8"})
    void unsigned(int widthA, int widthB) {
        check(Unsigned.class, widthA, widthB, Unsigned::new);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "7, 5", "5, 9", "32, 32", "33, 8"})
    void signed(int widthA, int widthB) {
        check(Signed.class, widthA, widthB, Signed::new);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "7, 5", "5, 9", "65, 33"})
    void bits(int widthA, int widthB) {
        check(Logic.class, widthA, widthB, Logic::new);
    }

    private static void check(
            Class<? extends Table> top, int widthA, int widthB, BiFunction<Integer, Integer, Table> make) {
        Map<String, Expected> expected = new LinkedHashMap<>();
        Simulation simulation = new Simulation(top, () -> {
            Table table = make.apply(widthA, widthB);
            expected.putAll(table.expected);
            return table;
        });
        boolean signed = top == Signed.class;
        SplittableRandom random = new SplittableRandom(31L * widthA + widthB);
        for (int i = 0; i < 400; i++) {
            Operands operands = new Operands(
                    value(random, widthA, signed),
                    value(random, widthB, signed),
                    BigInteger.valueOf(i % 16),
                    widthA,
                    widthB);
            Map<String, Object> out = new HashMap<>();
            expected.forEach((name, value) -> out.put("y_" + name, value.apply(operands)));
            simulation.row(Map.of("a", operands.a, "b", operands.b, "c", operands.c), out);
        }
        simulation.run();
    }

    /** Every fourth value is an extreme: the smallest, the largest, 0 or -1. */
    private static BigInteger value(SplittableRandom random, int width, boolean signed) {
        BigInteger value =
                switch (random.nextInt(16)) {
                    case 0 -> BigInteger.ZERO;
                    case 1 -> BigInteger.ONE.negate();
                    case 2 -> BigInteger.ONE.shiftLeft(width - 1);
                    case 3 -> BigInteger.ONE.shiftLeft(width - 1).subtract(BigInteger.ONE);
                    default -> BigInteger.valueOf(random.nextLong())
                            .shiftLeft(Long.SIZE)
                            .add(BigInteger.valueOf(random.nextLong()));
                };
        BigInteger bits = value.and(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE));
        return signed && bits.testBit(width - 1) ? bits.subtract(BigInteger.ONE.shiftLeft(width)) : bits;
    }
}
