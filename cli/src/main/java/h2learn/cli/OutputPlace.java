package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.tensor.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds out before the work whether its result can be written: what takes hours must not fail at its end. */
final class OutputPlace {
    private OutputPlace() {}

    /**
     * Writes and removes an empty file where {@code target} would be: the permissions alone do not tell, for root least.
     *
     * @throws InvalidInputException when nothing can be written there, with the reason
     */
    static void check(Path target) {
        Path wanted = target.toAbsolutePath().normalize();
        Path above = wanted;
        while (above.getParent() != null
                && (!Files.exists(above) || above.equals(wanted) && !Files.isDirectory(above))) {
            above = above.getParent();
        }
        if (!Files.isDirectory(above)) {
            throw refused(target, above + " is no folder");
        }
        if (!Files.isWritable(above)) {
            throw refused(target, above + " is not writable");
        }
        try {
            Files.delete(Files.createTempFile(above, ".h2learn-", ".probe"));
        } catch (IOException e) {
            throw refused(target, "a file in " + above + " cannot be made: " + IoReason.of(e));
        }
    }

    /**
     * The same for a folder that is replaced as a whole: one that is there must be empty or an earlier output.
     *
     * @param marker file that each such output holds
     */
    static void checkFolder(Path target, String marker) {
        check(target);
        if (!Files.exists(target) || Files.isRegularFile(target.resolve(marker))) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw refused(target, "it is a file");
        }
        try (Stream<Path> files = Files.list(target)) {
            if (files.findAny().isPresent()) {
                throw refused(target, "it holds files but no " + marker + " of an earlier run");
            }
        } catch (IOException e) {
            throw refused(target, "it cannot be listed: " + IoReason.of(e));
        }
    }

    private static InvalidInputException refused(Path target, String reason) {
        return new InvalidInputException(target + ": cannot be written, since " + reason + "; name another place");
    }

    /** Makes the folder that a file is to be written to. */
    static void makeParent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    /** Writes a text file, whole or not at all, into a folder that is made if needed. */
    static void write(Path file, String text) {
        try {
            makeParent(file);
        } catch (IOException e) {
            throw refused(file, "its folder cannot be made: " + IoReason.of(e));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, stream -> stream.write(bytes));
    }
}
