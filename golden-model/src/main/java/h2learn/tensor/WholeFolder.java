package h2learn.tensor;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Fills a folder beside its place and moves it there when it is complete: a reader never sees half of it. */
public final class WholeFolder {
    private WholeFolder() {}

    /** Writes the files of a folder that exists and is empty. */
    @FunctionalInterface
    public interface Contents {
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes {@code folder}. One that is there already is replaced when it is empty or holds {@code marker}, a file that
     * {@code contents} always writes; any other is refused, since it is not ours to delete.
     *
     * @throws InvalidInputException when that is refused or not possible; the folder is then as before
     */
    public static void write(Path folder, String marker, Contents contents) {
        Path partial = WholeFile.partial(folder);
        Path replaced = partial.resolveSibling(partial.getFileName() + ".replaced");
        try {
            if (Files.exists(folder) && !isReplaceable(folder, marker)) {
                throw new InvalidInputException(folder + ": is there already and holds no " + marker
                        + "; give a new folder or one that an earlier run wrote");
            }
            try {
                delete(partial);
                delete(replaced);
                Files.createDirectories(partial);
                contents.writeTo(partial);
                if (Files.exists(folder)) {
                    Files.move(folder, replaced);
                }
                Files.move(partial, folder);
            } finally {
                delete(partial);
                delete(replaced);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException(
                    folder + ": cannot be written: " + reason(e) + "; give a path in a folder that may be written");
        }
    }

    private static boolean isReplaceable(Path folder, String marker) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return Files.isRegularFile(folder.resolve(marker))
                    || files.findAny().isEmpty();
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof UncheckedIOException unchecked
                ? IoReason.of(unchecked.getCause())
                : IoReason.of((IOException) failure);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
