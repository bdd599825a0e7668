package h2learn.data;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Reads IDX files of unsigned bytes, gzipped or not. */
public final class IdxReader {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int LARGEST = 1 << 30;

    private IdxReader() {}

    /**
     * The contents of an IDX file.
     *
     * @param dimensions sizes, outermost first
     * @param bytes all elements, the last dimension fastest
     */
    public record Idx(int[] dimensions, byte[] bytes) {}

    /**
     * Reads a file.
     *
     * @param dimensions how many the file must have: 3 for images, 1 for labels
     * @throws InvalidInputException naming the file, when it is missing, truncated, too long or something else
     */
    public static Idx read(Path file, int dimensions) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(stream, file.toString(), dimensions);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file; give the folder of the data set's IDX files");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e));
        }
    }

    /** The same from a stream that errors call {@code name}. */
    static Idx read(InputStream stream, String name, int dimensions) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
        buffered.mark(2);
        boolean gzipped = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        try (DataInputStream data = new DataInputStream(
                gzipped ? new BufferedInputStream(new GZIPInputStream(buffered), 1 << 16) : buffered)) {
            int magic = data.readInt();
            int expected = UNSIGNED_BYTE << 8 | dimensions;
            if (magic != expected) {
                throw new InvalidInputException(String.format(
                        "%s: begins with 0x%08x, not with 0x%08x; it is no IDX file of unsigned bytes with %d"
                                + " dimension(s)",
                        name, magic, expected, dimensions));
            }
            int[] sizes = new int[dimensions];
            long total = 1;
            for (int index = 0; index < dimensions; index++) {
                sizes[index] = data.readInt();
                total = sizes[index] < 0 || total > LARGEST ? LARGEST + 1L : total * sizes[index];
            }
            if (total > LARGEST) {
                throw new InvalidInputException(
                        name + ": its sizes " + Arrays.toString(sizes) + " are no sizes of a data set; it is damaged");
            }
            byte[] bytes = data.readNBytes((int) total);
            if (bytes.length < total) {
                throw new InvalidInputException(
                        name + ": is truncated: " + bytes.length + " of " + total + " bytes are there; fetch it again");
            }
            if (data.read() >= 0) {
                throw new InvalidInputException(name + ": goes on after its " + total + " bytes; it is damaged");
            }
            return new Idx(sizes, bytes);
        } catch (EOFException e) {
            throw new InvalidInputException(name + ": is truncated; fetch it again");
        }
    }
}
