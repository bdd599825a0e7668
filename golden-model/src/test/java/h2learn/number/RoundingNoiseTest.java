package h2learn.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundingNoiseTest {
    /** docs/03-numbers.md in 64-bit arithmetic modulo 2^32, which shares no operator with the class. */
    private static long page(long x) {
        long modulus = 1L << 32;
        for (int round = 0; round < 2; round++) {
            x = (x + 0x9E3779B9L) % modulus;
            x = (x + x * 1024) % modulus;
            x ^= x / 64;
            x = (x + x * 8) % modulus;
            x ^= x / 2048;
            x = (x + x * 32768) % modulus;
            x ^= x / 65536;
        }
        return x;
    }

    @Test
    void isWhatThePageSays() {
        for (int index = 0; index < 1000; index++) {
            long seed = CounterRandom.bits(1, 0, index) >>> 33;
            long key = page((page((page(seed) + index) % (1L << 32)) + 3) % (1L << 32));
            int own = RoundingNoise.key((int) seed, index, 3);
            assertEquals(key, Integer.toUnsignedLong(own));
            assertEquals(page((key + 77) % (1L << 32)), Integer.toUnsignedLong(RoundingNoise.bits(own, 77)));
        }
    }

    @Test
    void neighbouringWeightsGetUniformAndUnrelatedNumbers() {
        int key = RoundingNoise.key(5, 9, 1);
        int[] bins = new int[64];
        int[] pairs = new int[16];
        Set<Integer> distinct = new HashSet<>();
        int count = 64_000;
        for (int index = 0; index < count; index++) {
            int bits = RoundingNoise.bits(key, index);
            bins[bits >>> 26]++;
            pairs[bits >>> 30 << 2 | RoundingNoise.bits(key, index + 1) >>> 30]++;
            distinct.add(bits);
        }
        // chi-squared with 63 and 15 degrees of freedom: one in a thousand exceeds 103 and 38
        assertTrue(chiSquared(bins, count / 64.0) < 103, "bins " + chiSquared(bins, count / 64.0));
        assertTrue(chiSquared(pairs, count / 16.0) < 38, "pairs " + chiSquared(pairs, count / 16.0));
        assertEquals(count, distinct.size(), "the hash of an index is a bijection");
    }

    @Test
    void oneBitOfAnyCoordinateChangesHalfOfTheBits() {
        for (int bit = 0; bit < 31; bit++) {
            double[] changed = new double[4];
            for (int trial = 0; trial < 1000; trial++) {
                int flip = 1 << bit;
                int index = (int) CounterRandom.bits(2, 0, trial);
                int base = RoundingNoise.bits(RoundingNoise.key(3, trial, 2), index);
                changed[0] += Integer.bitCount(base ^ RoundingNoise.bits(RoundingNoise.key(3, trial, 2), index ^ flip));
                changed[1] += Integer.bitCount(base ^ RoundingNoise.bits(RoundingNoise.key(3 ^ flip, trial, 2), index));
                changed[2] += Integer.bitCount(base ^ RoundingNoise.bits(RoundingNoise.key(3, trial ^ flip, 2), index));
                changed[3] += Integer.bitCount(base ^ RoundingNoise.bits(RoundingNoise.key(3, trial, 2 ^ flip), index));
            }
            for (double sum : changed) {
                assertEquals(16, sum / 1000, 1.0, "bit " + bit);
            }
        }
    }

    @Test
    void roundsUpWithTheProbabilityOfTheFraction() {
        int key = RoundingNoise.key(1, 2, 3);
        for (long value : new long[] {5, -5, 16, 0, 31, 1_000_001}) {
            double sum = 0;
            for (int index = 0; index < 20_000; index++) {
                long rounded = RoundingNoise.shiftRight(value, 4, RoundingNoise.bits(key, index));
                assertTrue(rounded == Math.floorDiv(value, 16) || rounded == -Math.floorDiv(-value, 16));
                sum += rounded;
            }
            assertEquals(value / 16.0, sum / 20_000, 0.015);
        }
    }

    @Test
    void shiftsOfEveryWidthUseTheTopBits() {
        assertEquals(7, RoundingNoise.shiftRight(7, 0, -1));
        assertEquals(1, RoundingNoise.shiftRight(1, 1, -1));
        assertEquals(0, RoundingNoise.shiftRight(1, 1, Integer.MAX_VALUE));
        assertEquals(1, RoundingNoise.shiftRight(1L << 15, 47, -1));
        assertEquals(0, RoundingNoise.shiftRight((1L << 15) - 1, 47, -1));
    }

    private static double chiSquared(int[] bins, double expected) {
        double sum = 0;
        for (int bin : bins) {
            sum += (bin - expected) * (bin - expected) / expected;
        }
        return sum;
    }
}
