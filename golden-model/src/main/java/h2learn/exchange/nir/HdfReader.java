package h2learn.exchange.nir;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens HDF5 files that nobody vouches for. The file is mapped, so that the library cannot read or allocate beyond its
 * length; the library's own exceptions become one sentence; and because a damaged index could still send it in
 * circles, it works in a thread of its own that is given up after a while.
 */
final class HdfReader {
    /** Largest file in bytes. */
    static final long MAXIMUM_BYTES = 1L << 30;

    private static final int MINIMUM_BYTES = 96;
    private static final long BYTES_A_SECOND = 1 << 20;
    /** Deep enough for any sound file, small enough to fail at once on a circle. */
    private static final long STACK_BYTES = 1 << 21;

    private final Duration patience;

    HdfReader() {
        this(Duration.ofSeconds(30));
    }

    /** @param patience time for a small file; each MiB has one second more */
    HdfReader(Duration patience) {
        this.patience = patience;
    }

    /**
     * Everything that the file holds.
     *
     * @throws InvalidInputException when the file is missing, too large, damaged or no HDF5 file
     */
    HdfEntry.Group read(Path file) {
        ByteBuffer bytes = map(file);
        String source = file.toString();
        FutureTask<HdfEntry.Group> task = new FutureTask<>(() -> guarded(source, bytes));
        Thread thread = new Thread(null, task, "hdf5-reader", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        Duration limit = patience.plusSeconds(bytes.capacity() / BYTES_A_SECOND);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new InvalidInputException(source + ": could not be read within " + limit.toSeconds()
                    + " seconds; it is damaged, write it again");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidInputException problem) {
                throw problem;
            }
            throw new IllegalStateException(source + ": reading failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidInputException(source + ": reading was interrupted");
        }
    }

    /** A damaged file makes the library throw nearly any unchecked exception; each means the same to the user. */
    private static HdfEntry.Group guarded(String source, ByteBuffer bytes) {
        try {
            return HdfContents.read(source, bytes);
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            throw new InvalidInputException(source + ": cannot be read as HDF5 (" + reason(e)
                    + "); it is damaged, truncated or of another format");
        }
    }

    private static String reason(Throwable error) {
        Throwable root = error;
        for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.isEmpty() ? root.getClass().getSimpleName() : line.substring(0, Math.min(120, line.length()));
    }

    private static ByteBuffer map(Path file) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is a folder; give the path of a file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < MINIMUM_BYTES) {
                throw new InvalidInputException(file + ": has only " + size + " bytes; it is no HDF5 file");
            }
            if (size > MAXIMUM_BYTES) {
                throw new InvalidInputException(file + ": has " + size + " bytes, more than the " + MAXIMUM_BYTES
                        + " that are read; leave out what is not part of the network");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e);
        }
    }
}
