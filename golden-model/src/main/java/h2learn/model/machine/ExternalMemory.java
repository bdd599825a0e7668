package h2learn.model.machine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** External memory, byte addressed in 32-bit words; only what was written takes room, the rest is 0. */
public final class ExternalMemory {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_WORDS = 1 << PAGE_BITS;

    private final long bytes;
    private final Map<Long, int[]> pages = new HashMap<>();

    /** @param bytes size, a multiple of 4; nothing lies beyond */
    public ExternalMemory(long bytes) {
        if (bytes < 0 || bytes % 4 != 0) {
            throw new IllegalArgumentException("external memory has a size of " + bytes + " bytes, no multiple of 4");
        }
        this.bytes = bytes;
    }

    public long bytes() {
        return bytes;
    }

    /** Whether there is memory from {@code address} on for {@code count} 32-bit words. */
    public boolean holds(long address, long count) {
        return address >= 0 && count <= bytes / 4 && address <= bytes - 4 * count;
    }

    /** Reads {@code count} words from byte address {@code address}, a multiple of 4. */
    public int[] read(long address, int count) {
        check(address, count);
        int[] words = new int[count];
        for (int done = 0; done < count; ) {
            long word = address / 4 + done;
            int offset = (int) (word & (PAGE_WORDS - 1));
            int length = Math.min(count - done, PAGE_WORDS - offset);
            int[] page = pages.get(word >> PAGE_BITS);
            if (page != null) {
                System.arraycopy(page, offset, words, done, length);
            }
            done += length;
        }
        return words;
    }

    /** Writes words from byte address {@code address} on, a multiple of 4. */
    public void write(long address, int... words) {
        check(address, words.length);
        for (int done = 0; done < words.length; ) {
            long word = address / 4 + done;
            int offset = (int) (word & (PAGE_WORDS - 1));
            int length = Math.min(words.length - done, PAGE_WORDS - offset);
            int[] page = pages.computeIfAbsent(word >> PAGE_BITS, absent -> new int[PAGE_WORDS]);
            System.arraycopy(words, done, page, offset, length);
            done += length;
        }
    }

    private void check(long address, int count) {
        if (address % 4 != 0) {
            throw new IllegalArgumentException(String.format("address 0x%X is not a multiple of 4", address));
        }
        if (!holds(address, count)) {
            throw new IndexOutOfBoundsException(String.format(
                    "%d words from address 0x%X on are not all in the external memory of 0x%X bytes",
                    count, address, bytes));
        }
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof ExternalMemory that && covers(that) && that.covers(this);
    }

    /** Whether every page of the other is the same here. */
    private boolean covers(ExternalMemory that) {
        int[] zero = new int[PAGE_WORDS];
        return that.pages.entrySet().stream()
                .allMatch(page -> Arrays.equals(page.getValue(), pages.getOrDefault(page.getKey(), zero)));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bytes);
    }
}
