package h2learn.cosim.build;

import h2learn.config.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finished libraries on disk, by the hash of what they were built from. Several threads and processes may use one
 * directory, and it may be deleted at any time.
 *
 * <p>An entry is one file, moved into its place when it is complete, with a checksum of itself at the end; so a killed
 * build or a torn file is never taken for a library.
 */
public final class BuildCache {
    /** The default bound, 2 GiB. */
    public static final long DEFAULT_MAXIMUM_BYTES = 2L << 30;

    private static final int LOGS_KEPT = 32;
    private static final int BUILD_ATTEMPTS = 3;
    private static final List<String> NO_ROOM =
            List.of("No space left on device", "Disk quota exceeded", "File too large", "File size limit exceeded");
    private static final Duration DEBRIS_AGE = Duration.ofDays(1);
    // A file lock is held by the whole process, so threads need one of their own.
    private static final Map<Path, ReentrantLock> THREAD_LOCKS = new ConcurrentHashMap<>();

    private final Path root;
    private final long maximumBytes;

    /**
     * @param root created when needed
     * @param maximumBytes bound on the libraries' size together, at least 1; the newest one stays even if it is larger
     */
    public BuildCache(Path root, long maximumBytes) {
        if (maximumBytes < 1) {
            throw new IllegalArgumentException("maximumBytes must be at least 1, not " + maximumBytes);
        }
        this.root = root.toAbsolutePath().normalize();
        this.maximumBytes = maximumBytes;
    }

    /** The user's cache, with the default bound. */
    public static BuildCache standard() {
        return new BuildCache(location(System.getenv()), DEFAULT_MAXIMUM_BYTES);
    }

    /** {@code $H2LEARN_CACHE}, else {@code $XDG_CACHE_HOME/h2learn}, else {@code ~/.cache/h2learn}. */
    static Path location(Map<String, String> environment) {
        String own = environment.getOrDefault("H2LEARN_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "h2learn") : Path.of(xdg, "h2learn");
    }

    /** What makes a library in an empty directory and gives its path there. */
    @FunctionalInterface
    interface Recipe {
        Path build(Path directory) throws IOException;
    }

    /** The library of {@code key}, built by {@code recipe} if it is not there. */
    Path get(String key, Recipe recipe) {
        Path entry = root.resolve("libraries").resolve(key + ".so");
        try {
            if (use(entry)) {
                return entry;
            }
            // Few locks, so that their files do not grow in number; two builds rarely share one.
            Path lockFile = root.resolve("locks").resolve(key.substring(0, 2));
            ReentrantLock lock = THREAD_LOCKS.computeIfAbsent(lockFile, p -> new ReentrantLock());
            lock.lock();
            try {
                Files.createDirectories(lockFile.getParent());
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    if (!held.isValid() || !use(entry)) {
                        build(key, entry, recipe);
                    }
                }
            } finally {
                lock.unlock();
            }
            return entry;
        } catch (IOException e) {
            throw new UncheckedIOException("build cache " + root + ": " + IoReason.of(e) + advice(e), e);
        }
    }

    private static String advice(IOException e) {
        String reason = IoReason.of(e);
        return NO_ROOM.stream().anyMatch(reason::contains)
                ? "; make room there, or set H2LEARN_CACHE to a folder on another disk"
                : "";
    }

    /** What a tool's output says of a disk, a quota or a process that may write no more, if it does. */
    static Optional<String> noRoom(String output) {
        return NO_ROOM.stream().filter(output::contains).findFirst();
    }

    /** Keeps a log of a failed build and says where. */
    Path keepLog(String key, Path log) throws IOException {
        Path kept = root.resolve("logs").resolve(key + ".log");
        Files.createDirectories(kept.getParent());
        Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
        List<Entry> logs = list(kept.getParent(), "*.log");
        for (int i = 0; i < logs.size() - LOGS_KEPT; i++) {
            Files.deleteIfExists(logs.get(i).path);
        }
        return kept;
    }

    private void build(String key, Path entry, Recipe recipe) throws IOException {
        Path temporary = root.resolve("tmp");
        for (int attempt = 1; ; attempt++) {
            Files.createDirectories(temporary);
            Files.createDirectories(entry.getParent());
            removeDebris(temporary, key);
            Path directory = Files.createTempDirectory(temporary, key + "-");
            Path mark = Files.createFile(directory.resolve("h2_building"));
            try {
                Path library = recipe.build(directory);
                SealedFile.seal(library);
                Files.move(library, entry, StandardCopyOption.ATOMIC_MOVE);
                break;
            } catch (IOException | BuildFailedException e) {
                // someone deleted the cache under the build: that is allowed, so once more
                if (attempt == BUILD_ATTEMPTS || Files.exists(mark) && Files.isDirectory(entry.getParent())) {
                    throw e;
                }
            } finally {
                deleteTree(directory);
            }
        }
        evict(entry);
    }

    /** Whether a good entry is there; marks it as used. */
    private static boolean use(Path entry) throws IOException {
        try {
            if (!SealedFile.isIntact(entry)) {
                Files.deleteIfExists(entry);
                return false;
            }
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void evict(Path keep) throws IOException {
        List<Entry> entries = list(keep.getParent(), "*.so");
        long total = entries.stream().mapToLong(e -> e.size).sum();
        for (Entry e : entries) {
            if (total > maximumBytes && !e.path.equals(keep)) {
                Files.deleteIfExists(e.path);
                total -= e.size;
            }
        }
        // copies of a process that died between copying a library and loading it
        for (Entry e : list(keep.getParent(), "*.loading")) {
            if (e.used.isBefore(Instant.now().minus(DEBRIS_AGE))) {
                Files.deleteIfExists(e.path);
            }
        }
    }

    /** Under the lock of {@code key} no one else builds it, so its directories are left from a killed build. */
    private static void removeDebris(Path temporary, String key) throws IOException {
        for (Entry e : list(temporary, "*")) {
            if (e.path.getFileName().toString().startsWith(key + "-")
                    || e.used.isBefore(Instant.now().minus(DEBRIS_AGE))) {
                deleteTree(e.path);
            }
        }
    }

    private record Entry(Path path, long size, Instant used) {}

    /** Oldest first; what vanishes meanwhile is left out. */
    private static List<Entry> list(Path directory, String pattern) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, pattern)) {
            for (Path path : paths) {
                try {
                    BasicFileAttributes a = Files.readAttributes(path, BasicFileAttributes.class);
                    entries.add(new Entry(path, a.size(), a.lastModifiedTime().toInstant()));
                } catch (NoSuchFileException e) {
                    continue;
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::path));
        return entries;
    }

    /** What is left of a killed build may still be written to by its tools: what cannot go now goes some day later. */
    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                try {
                    Files.deleteIfExists(visited);
                } catch (DirectoryNotEmptyException stillWritten) {
                    // see above
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
