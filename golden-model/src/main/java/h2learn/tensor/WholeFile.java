package h2learn.tensor;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and moves it there when it is complete: a reader never sees half of it. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the contents. */
    @FunctionalInterface
    public interface Contents {
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes or replaces {@code file}; its folder must exist.
     *
     * @throws InvalidInputException when that is not possible; the file is then as before
     */
    public static void write(Path file, Contents contents) {
        Path partial = partial(file);
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(partial))) {
                contents.writeTo(stream);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + IoReason.of(e)
                    + "; give a path in a folder that exists and may be written");
        } finally {
            partial.toFile().delete();
        }
    }

    /** Where a file or folder grows until it is complete: the hidden sibling {@code .NAME.partial}. */
    public static Path partial(Path target) {
        return target.toAbsolutePath()
                .resolveSibling("." + target.toAbsolutePath().getFileName() + ".partial");
    }
}
