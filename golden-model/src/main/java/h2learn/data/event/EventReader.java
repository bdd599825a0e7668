package h2learn.data.event;

import h2learn.config.InvalidInputException;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Reads recordings, by the ending of their name: {@code .bin} of N-MNIST and N-Caltech101, {@code .aedat} of versions
 * 2.0 and 3.1, {@code .npy} with rows x, y, microseconds, polarity.
 */
public final class EventReader {
    private static final long MAXIMUM_BYTES = 1L << 30;
    private static final int BIN_BYTES = 5;
    /** A row beyond the camera: the clock of 13 bits went round. */
    private static final int BIN_OVERFLOW_ROW = 240;

    private static final long BIN_OVERFLOW = 1 << 13;
    private static final int LARGEST_COORDINATE = Short.MAX_VALUE;

    private EventReader() {}

    /** Whether the ending is one of a recording. */
    public static boolean isOne(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".bin") || name.endsWith(".aedat") || name.endsWith(".npy");
    }

    /**
     * The events of a file.
     *
     * @throws InvalidInputException naming the file, when it is missing, damaged, too large or of an unknown format
     */
    public static EventList read(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            return ofArray(file.toString(), Npy.read(file));
        }
        if (name.endsWith(".bin")) {
            return ofBin(file.toString(), map(file));
        }
        if (name.endsWith(".aedat")) {
            return Aedat.read(file.toString(), map(file));
        }
        throw new InvalidInputException(file + ": is no recording by its name; use the ending .bin, .aedat or .npy");
    }

    /** Five bytes an event: x, y, then one bit of polarity and 23 bits of microseconds, big-endian. */
    static EventList ofBin(String file, ByteBuffer bytes) {
        int size = bytes.capacity();
        if (size % BIN_BYTES != 0) {
            throw new InvalidInputException(
                    file + ": has " + size + " bytes, no multiple of the 5 of an event; it is truncated");
        }
        EventList events = new EventList(size / BIN_BYTES);
        long overflow = 0;
        for (int at = 0; at < size; at += BIN_BYTES) {
            int x = bytes.get(at) & 0xFF;
            int y = bytes.get(at + 1) & 0xFF;
            int third = bytes.get(at + 2) & 0xFF;
            if (y == BIN_OVERFLOW_ROW) {
                overflow += BIN_OVERFLOW;
                continue;
            }
            long time = (third & 0x7FL) << 16 | (bytes.get(at + 3) & 0xFFL) << 8 | bytes.get(at + 4) & 0xFFL;
            events.add(x, y, time + overflow, third >= 0x80);
        }
        return events;
    }

    private static EventList ofArray(String file, NpyArray array) {
        int[] shape = array.shape();
        if (shape.length != 2 || shape[1] != 4 || array.type().isReal()) {
            throw new InvalidInputException(
                    file + ": is no array of integers of the shape [events, 4]; save columns x, y, microseconds,"
                            + " polarity as integers");
        }
        long[] values = array.integers();
        EventList events = new EventList(shape[0]);
        for (int event = 0; event < shape[0]; event++) {
            long x = values[4 * event];
            long y = values[4 * event + 1];
            if (x < 0 || y < 0 || x > LARGEST_COORDINATE || y > LARGEST_COORDINATE) {
                throw new InvalidInputException(file + ": event " + event + " is at (" + x + ", " + y
                        + "), which is no place on a camera; the columns are x, y, microseconds, polarity");
            }
            events.add((int) x, (int) y, values[4 * event + 2], values[4 * event + 3] > 0);
        }
        return events;
    }

    private static ByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > MAXIMUM_BYTES) {
                throw new InvalidInputException(file + ": has " + channel.size() + " bytes, more than the "
                        + MAXIMUM_BYTES + " that are read; cut the recording");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e.getMessage());
        }
    }
}
