package h2learn.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledFactorTest {
    @ParameterizedTest
    @CsvSource({
        "0,0,0",
        "1,32768,15",
        "0.5,32768,16",
        "3,49152,14",
        "65535,65535,0",
        "32767.75,32768,0",
        "0.99999999,32768,15",
        "1.4210854715202004e-14,2,47",
        "1e-16,0,47"
    })
    void isTheLargestMultiplierThatFits(double value, int multiplier, int shift) {
        assertEquals(new ScaledFactor(multiplier, shift), ScaledFactor.of(value));
    }

    @Test
    void isWithinTheRelativeErrorThatItsDocumentationGives() {
        for (int index = 0; index < 5_000; index++) {
            double value = Math.scalb(
                    1 + CounterRandom.uniform(2, 0, index), (int) (CounterRandom.uniform(2, 1, index) * 47) - 32);
            ScaledFactor factor = ScaledFactor.of(value);
            double stored = Math.scalb((double) factor.multiplier(), -factor.shift());
            assertTrue(Math.abs(stored / value - 1) <= Math.scalb(1.0, -16), () -> value + " became " + stored);
        }
    }

    @ParameterizedTest
    @CsvSource({"3,1", "-3,-1", "1,0", "-1,0", "5,2", "-5,-2", "7,2", "0,0"})
    void appliesWithOneRounding(long value, long expected) {
        // 5 / 2^4 = 0.3125, exactly
        assertEquals(expected, new ScaledFactor(5, 4).apply(value));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "3,2", "5,2", "7,4", "-1,0", "-3,-2"})
    void appliesTiesToEven(long value, long expected) {
        assertEquals(expected, ScaledFactor.of(0.5).apply(value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 65535.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatItCannotHold(double value) {
        assertThrows(IllegalArgumentException.class, () -> ScaledFactor.of(value));
    }
}
