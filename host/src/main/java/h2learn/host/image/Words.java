package h2learn.host.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** An immutable row of 32-bit words. */
public final class Words {
    private static final int CHUNK = 1024;

    private final int[] words;

    private Words(int[] words) {
        this.words = words;
    }

    /** A copy of these words. */
    public static Words of(int... words) {
        return new Words(words.clone());
    }

    public int count() {
        return words.length;
    }

    public int get(int index) {
        return words[index];
    }

    /** A copy of all of them. */
    public int[] array() {
        return words.clone();
    }

    /** A copy of {@code count} words from {@code first} on. */
    public int[] array(int first, int count) {
        return Arrays.copyOfRange(words, first, first + count);
    }

    /** CRC-32 (that of zip and Ethernet) of the words' bytes, low byte first. */
    public static int crc(int[] words) {
        CRC32 crc = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < words.length; from += CHUNK) {
            bytes.clear();
            for (int index = from; index < Math.min(words.length, from + CHUNK); index++) {
                bytes.putInt(words[index]);
            }
            crc.update(bytes.array(), 0, bytes.position());
        }
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Words that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return words.length + " words";
    }
}
