package h2learn.host.driver;

import h2learn.host.MemoryAccess;
import java.util.Locale;
import java.util.Optional;

/**
 * Tests memory through the host's way to it: a one walks through all data lines, then every word holds its own address, then
 * the complement of it. Each bit of each word so has both values, and no two words pass for one.
 */
final class MemoryTest {
    private static final int BLOCK_WORDS = 1024;

    private final MemoryAccess memory;
    private final long base;
    private final long words;

    /** @param bytes from {@code base} on; what they hold is lost */
    MemoryTest(MemoryAccess memory, long base, long bytes) {
        this.memory = memory;
        this.base = base;
        words = bytes / 4;
    }

    /** Empty, or what is wrong with the first word that is not sound. */
    Optional<String> run() {
        for (int bit = 0; words > 0 && bit < Integer.SIZE; bit++) {
            memory.write(base, new int[] {1 << bit});
            if (memory.read(base, 1)[0] != 1 << bit) {
                return Optional.of(explain(base, 1 << bit, memory.read(base, 1)[0]));
            }
        }
        Optional<String> fault = pass(0);
        return fault.isPresent() ? fault : pass(-1);
    }

    private Optional<String> pass(int inverted) {
        for (long from = 0; from < words; from += BLOCK_WORDS) {
            memory.write(base + 4 * from, patterns(from, inverted));
        }
        for (long from = 0; from < words; from += BLOCK_WORDS) {
            int[] expected = patterns(from, inverted);
            int[] got = memory.read(base + 4 * from, expected.length);
            for (int index = 0; index < expected.length; index++) {
                if (got[index] != expected[index]) {
                    return Optional.of(explain(base + 4 * (from + index), expected[index], got[index]));
                }
            }
        }
        return Optional.empty();
    }

    private int[] patterns(long from, int inverted) {
        int[] patterns = new int[(int) Math.min(BLOCK_WORDS, words - from)];
        for (int index = 0; index < patterns.length; index++) {
            long address = base + 4 * (from + index);
            patterns[index] = (int) (address ^ address >>> 32) ^ inverted;
        }
        return patterns;
    }

    /** A bit that cannot change is told from a word that another address overwrites. */
    private String explain(long address, int wrote, int read) {
        memory.write(address, new int[] {0});
        int stuckAtOne = memory.read(address, 1)[0];
        memory.write(address, new int[] {-1});
        int stuckAtZero = ~memory.read(address, 1)[0];
        String place = String.format(Locale.ROOT, "memory at address 0x%X: ", address);
        String seen = String.format(Locale.ROOT, "wrote 0x%08X, read 0x%08X", wrote, read);
        if ((stuckAtOne | stuckAtZero) == 0) {
            return place + "another address leads to the same word, or an access is lost: " + seen;
        }
        int bit = Integer.numberOfTrailingZeros(stuckAtOne | stuckAtZero);
        return place + "bit " + bit + " is stuck at " + (stuckAtOne >>> bit & 1) + ": " + seen;
    }
}
