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

    /** SplitMix64's finalizer three times, computed apart from this code; hardware and old runs depend on them. */
    @Test
    void theBitsAreTheseForEver() {
        assertEquals(0xB49AB477BB8685E2L, CounterRandom.bits(0, 0, 0));
        assertEquals(0x1EF44FB588BA575L, CounterRandom.bits(1, 2, 3));
        assertEquals(0x872B6DD7D4F63F28L, CounterRandom.bits(-1, 1L << 40, 7));
    }

    @Test
    void everyOrderOfThreeComesUp() {
        int[] seen = new int[27];
        for (int seed = 0; seed < 6000; seed++) {
            int[] order = CounterRandom.permutation(seed, 0, 3);
            seen[order[0] * 9 + order[1] * 3 + order[2]]++;
        }
        int[] counts = Arrays.stream(seen).filter(count -> count > 0).toArray();
        assertEquals(6, counts.length);
        for (int count : counts) {
            assertEquals(1000, count, 150);
        }
        assertArrayEquals(new int[0], CounterRandom.permutation(1, 0, 0));
        assertArrayEquals(new int[] {0}, CounterRandom.permutation(1, 0, 1));
    }
}
