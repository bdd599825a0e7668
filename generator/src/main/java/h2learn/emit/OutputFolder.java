package h2learn.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Puts generated files into a folder. Everything is written to a staging folder first. A new folder appears whole, by
 * one move; in a folder that exists, the former manifest goes first and the new one comes last, so a folder with a
 * manifest is always complete, and what a killed run left is ours to replace.
 */
public final class OutputFolder {
    private static final String STAGING = ".h2learn-staging";
    private static final String OURS = "files-of-h2learn";

    private final SortedMap<String, String> files;
    private final Path folder;

    private OutputFolder(SortedMap<String, String> files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * Writes {@code files}, replaces a former output in the same folder and removes its files that are no longer made.
     * Files of others stay.
     *
     * @param files relative path, with {@code /}, to text; with a manifest, as {@link Products#of} gives them
     * @throws InvalidInputException when the folder cannot be written or holds files of others under these names;
     *     nothing is changed then
     */
    public static void write(SortedMap<String, String> files, Path folder) {
        if (!files.containsKey(Manifest.FILE)) {
            throw new IllegalArgumentException("no " + Manifest.FILE + " among the files");
        }
        Path target = folder.toAbsolutePath().normalize();
        try {
            new OutputFolder(files, target).write();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "cannot write to folder " + folder + ": " + reason(e) + "; name another folder");
        }
    }

    private void write() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidInputException(folder + " is a file, not a folder; name another folder");
        }
        if (Files.exists(folder)) {
            replace();
        } else {
            create();
        }
    }

    private void create() throws IOException {
        Path parent = folder.getParent();
        Path name = folder.getFileName();
        if (parent == null || name == null) {
            throw new IOException("it has no parent");
        }
        Files.createDirectories(parent);
        Path staging = parent.resolve("." + name + STAGING);
        stage(staging);
        Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void replace() throws IOException {
        Path staging = folder.resolve(STAGING);
        SortedSet<String> ours = listed(folder.resolve(Manifest.FILE));
        // a run that was killed while it moved files has left this list
        ours.addAll(lines(staging.resolve(OURS)));
        refuseForeign(ours);
        Files.createDirectories(staging);
        SortedSet<String> oursSoon = new TreeSet<>(ours);
        oursSoon.addAll(files.keySet());
        Files.writeString(staging.resolve(OURS + ".new"), String.join("\n", oursSoon));
        Files.move(staging.resolve(OURS + ".new"), staging.resolve(OURS), StandardCopyOption.ATOMIC_MOVE);
        Path fresh = staging.resolve("new");
        stage(fresh);
        Files.deleteIfExists(folder.resolve(Manifest.FILE));
        for (String file : files.keySet()) {
            if (!file.equals(Manifest.FILE)) {
                move(fresh, file);
            }
        }
        for (String file : ours) {
            if (!files.containsKey(file)) {
                removeStale(folder.resolve(file));
            }
        }
        move(fresh, Manifest.FILE);
        delete(staging);
    }

    private void move(Path staging, String file) throws IOException {
        Path target = folder.resolve(file);
        createParent(target);
        Files.move(staging.resolve(file), target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseForeign(Set<String> former) {
        List<String> foreign = new ArrayList<>();
        for (String file : files.keySet()) {
            Path target = folder.resolve(file);
            for (Path above = target.getParent(); above != null && !above.equals(folder); above = above.getParent()) {
                if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                    foreign.add(folder.relativize(above).toString());
                }
            }
            boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
            if (exists && (!former.contains(file) || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS))) {
                foreign.add(file);
            }
        }
        if (!foreign.isEmpty()) {
            throw new InvalidInputException("folder " + folder + " holds " + some(foreign)
                    + ", not written by h2learn; move what is yours away or name another folder");
        }
    }

    private static String some(List<String> names) {
        List<String> distinct = names.stream().distinct().toList();
        return distinct.size() <= 3
                ? String.join(", ", distinct)
                : String.join(", ", distinct.subList(0, 3)) + " and " + (distinct.size() - 3) + " more";
    }

    /** The files that a manifest of ours lists, itself included; none when there is no such manifest. */
    private static SortedSet<String> listed(Path manifest) throws IOException {
        SortedSet<String> files = new TreeSet<>();
        if (!Files.isRegularFile(manifest)) {
            return files;
        }
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readAllBytes(manifest));
        } catch (JsonProcessingException e) {
            return files;
        }
        if (!root.path("generator").asText().equals(Manifest.GENERATOR)) {
            return files;
        }
        files.add(Manifest.FILE);
        for (JsonNode file : root.path("files")) {
            String path = file.path("path").asText();
            if (isInside(path)) {
                files.add(path);
            }
        }
        return files;
    }

    private static List<String> lines(Path list) throws IOException {
        if (!Files.isRegularFile(list)) {
            return List.of();
        }
        return Files.readAllLines(list).stream().filter(OutputFolder::isInside).toList();
    }

    /** A list from elsewhere must not lead out of the folder. */
    private static boolean isInside(String file) {
        Path path = Path.of(file);
        return !file.isEmpty() && !path.isAbsolute() && path.equals(path.normalize()) && !path.startsWith("..");
    }

    private void stage(Path staging) throws IOException {
        delete(staging);
        Files.createDirectory(staging);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = staging.resolve(file.getKey());
            createParent(path);
            Files.writeString(path, file.getValue());
        }
    }

    private static void createParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    /** Removes a file and the folders that it leaves empty. */
    private void removeStale(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.deleteIfExists(file);
        for (Path above = file.getParent(); above != null && !above.equals(folder); above = above.getParent()) {
            if (!Files.isDirectory(above) || !isEmpty(above)) {
                return;
            }
            Files.delete(above);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
