package h2learn.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "0,1,0", "1,1,0", "2,1,1", "3,1,2", "5,1,2", "7,1,4", "-1,1,0", "-3,1,-2", "-5,1,-2", "-7,1,-4",
        "6,2,2", "10,2,2", "-6,2,-2", "-10,2,-2", "5,2,1", "7,2,2", "-5,2,-1", "-7,2,-2", "13,0,13", "-13,0,-13"
    })
    void roundsToNearestAndTiesToEven(long value, int shift, long expected) {
        assertEquals(expected, Rounding.shiftRight(value, shift));
    }

    @Test
    void agreesWithBigDecimalHalfEven() {
        for (int index = 0; index < 20_000; index++) {
            int width = (int) (CounterRandom.uniform(1, 0, index) * 62) + 1;
            long value = CounterRandom.bits(1, 1, index) >> (64 - width);
            int shift = (int) (CounterRandom.uniform(1, 2, index) * 63);
            assertEquals(halfEven(value, shift), Rounding.shiftRight(value, shift), value + " >> " + shift);
        }
    }

    @Test
    void agreesWithBigDecimalOnEveryTieOfSmallShifts() {
        for (int shift = 1; shift <= 8; shift++) {
            long half = 1L << (shift - 1);
            for (long quotient = -300; quotient <= 300; quotient++) {
                for (long offset = -1; offset <= 1; offset++) {
                    long value = (quotient << shift) + half + offset;
                    assertEquals(halfEven(value, shift), Rounding.shiftRight(value, shift), value + " >> " + shift);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "31", "61", "62"})
    void roundsExtremes(int shift) {
        for (long value : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE / 2}) {
            assertEquals(halfEven(value, shift), Rounding.shiftRight(value, shift), value + " >> " + shift);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127,8,127",
        "128,8,127",
        "-128,8,-128",
        "-129,8,-128",
        "0,8,0",
        "1,2,1",
        "2,2,1",
        "-2,2,-2",
        "-3,2,-2",
        "9223372036854775807,16,32767",
        "-9223372036854775808,16,-32768"
    })
    void saturatesAtBothEnds(long value, int bits, long expected) {
        assertEquals(expected, Rounding.saturate(value, bits));
    }

    private static long halfEven(long value, int shift) {
        return new BigDecimal(value)
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(shift)), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
