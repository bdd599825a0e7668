package h2learn.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedFormatTest {
    @ParameterizedTest
    @CsvSource({"2,-2,1", "8,-128,127", "16,-32768,32767", "48,-140737488355328,140737488355327"})
    void rangeFollowsFromTheWidth(int bits, long minimum, long maximum) {
        FixedFormat format = new FixedFormat(bits, 0);
        assertEquals(minimum, format.minimum());
        assertEquals(maximum, format.maximum());
    }

    @ParameterizedTest
    @CsvSource({
        "8,6,1.0,64",
        "8,6,-1.0,-64",
        "8,6,0.0078125,0",
        "8,6,0.0234375,2",
        "8,6,-0.0078125,0",
        "8,6,-0.0234375,-2",
        "8,6,5,127",
        "8,6,-5,-128",
        "8,6,1e30,127",
        "8,6,-1e30,-128",
        "4,20,0.000001,1"
    })
    void quantizesToNearestEvenAndSaturates(int bits, int fractionBits, double value, long expected) {
        assertEquals(expected, new FixedFormat(bits, fractionBits).quantize(value));
    }

    @Test
    void everyIntegerSurvivesTheWayToRealAndBack() {
        for (int fractionBits : new int[] {0, 3, 12, 47}) {
            FixedFormat format = new FixedFormat(12, fractionBits);
            for (long integer = format.minimum(); integer <= format.maximum(); integer++) {
                assertEquals(integer, format.quantize(format.toReal(integer)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0,bits", "49,0,bits", "8,-1,fractionBits", "8,48,fractionBits"})
    void refusesWidthsOutOfRange(int bits, int fractionBits, String named) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new FixedFormat(bits, fractionBits));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(named + " must be"));
    }
}
