package h2learn.cosim.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the files of external tools, which goes when it is closed. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    /** @param name of the folder, which a number follows */
    public TemporaryFolder(String name) throws IOException {
        path = Files.createTempDirectory(name);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
