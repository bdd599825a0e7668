package h2learn.number;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
    @Test
    void uniformNumbersFillTheUnitIntervalEvenly() {
        int[] bins = new int[16];
        for (int counter = 0; counter < 16_000; counter++) {
            double value = CounterRandom.uniform(7, 3, counter);
            assertTrue(value >= 0 && value < 1);
            bins[(int) (value * 16)]++;
        }
        for (int bin : bins) {
            assertEquals(1000, bin, 150);
        }
    }

    @Test
    void seedStreamAndCounterAllMatter() {
        long bits = CounterRandom.bits(1, 2, 3);
        assertEquals(bits, CounterRandom.bits(1, 2, 3));
        assertNotEquals(bits, CounterRandom.bits(2, 2, 3));
        assertNotEquals(bits, CounterRandom.bits(1, 3, 3));
        assertNotEquals(bits, CounterRandom.bits(1, 2, 4));
        assertNotEquals(CounterRandom.bits(1, 2, 0), CounterRandom.bits(2, 1, 0));
    }

    @Test
    void permutationHoldsEveryIndexOnceInAnotherOrder() {
        int[] order = CounterRandom.permutation(5, 0, 1000);
        int[] identity = IntStream.range(0, 1000).toArray();
        assertTrue(!Arrays.equals(order, identity));
        Arrays.sort(order);
        assertArrayEquals(identity, order);
    }
}
