package h2learn.exchange;

import h2learn.number.CounterRandom;
import java.util.Arrays;

/** Damages files, each time another way, always the same for the same number. */
public final class Damage {
    private static final long STREAM = 7001;

    private Damage() {}

    /**
     * A damaged copy: bytes changed at random, set to the extremes that size fields dread, copied from elsewhere in the
     * file, or the end cut off.
     */
    public static byte[] of(byte[] sound, long number) {
        byte[] bytes = sound.clone();
        int changes = 1 + below(number, 0, 6);
        for (int change = 1; change <= changes; change++) {
            long at = 10L * change;
            int position = below(number, at, bytes.length);
            int length = Math.min(1 << below(number, at + 1, 4), bytes.length - position);
            switch (below(number, at + 2, 5)) {
                case 0 -> bytes[position] = (byte) below(number, at + 3, 256);
                case 1 -> Arrays.fill(bytes, position, position + length, (byte) 0xFF);
                case 2 -> Arrays.fill(bytes, position, position + length, (byte) 0);
                case 3 -> {
                    int from = below(number, at + 3, bytes.length - length + 1);
                    System.arraycopy(sound, from, bytes, position, length);
                }
                default -> bytes[position] ^= (byte) (1 << below(number, at + 3, 8));
            }
        }
        return below(number, 1000, 10) == 0 ? Arrays.copyOf(bytes, below(number, 1001, bytes.length)) : bytes;
    }

    private static int below(long number, long counter, int bound) {
        return (int) (CounterRandom.uniform(number, STREAM, counter) * bound);
    }
}
