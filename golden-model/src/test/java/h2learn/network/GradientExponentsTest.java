package h2learn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.network.Network.Classes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientExponentsTest {
    /** The loss's largest gradient is 1 / (T * K): it fits 8 bits, and would not with one more exponent. */
    @ParameterizedTest
    @CsvSource({"1, 1, 6", "4, 10, 12", "6, 1, 9", "2, 1, 7", "10, 3, 11", "64, 100, 19"})
    void theLastLayerHoldsTheLargestGradientOfTheLoss(int steps, int neurons, int exponent) {
        Classes classes = new Classes(10, neurons);
        assertEquals(exponent, GradientExponents.ofLayer(1, 2, steps, classes));
        assertTrue(Math.scalb(1.0 / (steps * neurons), exponent) <= 127);
        assertTrue(Math.scalb(1.0 / (steps * neurons), exponent + 1) > 127);
    }

    @Test
    void hiddenLayersAreFinerByAConstant() {
        Classes classes = new Classes(10, 10);
        for (int index = 0; index < 3; index++) {
            assertEquals(12 + GradientExponents.HIDDEN_OFFSET, GradientExponents.ofLayer(index, 4, 4, classes));
        }
    }

    @Test
    void theExponentStaysWithinItsField() {
        assertEquals(37, GradientExponents.ofLayer(0, 1, Integer.MAX_VALUE, new Classes(1, 1)));
        assertEquals(40, GradientExponents.ofLayer(0, 1, Integer.MAX_VALUE, new Classes(1, 1 << 20)));
    }
}
