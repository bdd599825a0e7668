package h2learn.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    private Path parent;

    @Test
    void aNewFolderHoldsTheFilesAndNothingElse() throws IOException {
        Path folder = parent.resolve("deep/out");
        SortedMap<String, String> files = output(Map.of("verilog/A.v", "a", "verilog/B.v", "b"));
        OutputFolder.write(files, folder);
        assertEquals(files, read(folder));
        assertEquals(List.of("out"), names(parent.resolve("deep")));
    }

    @Test
    void aFormerOutputIsReplacedAndItsStaleFilesGo() throws IOException {
        Path folder = parent.resolve("out");
        OutputFolder.write(output(Map.of("verilog/A.v", "old", "include/a.h", "old")), folder);
        SortedMap<String, String> files = output(Map.of("verilog/A.v", "new", "verilog/B.v", "b"));
        OutputFolder.write(files, folder);
        assertEquals(files, read(folder));
        assertFalse(Files.exists(folder.resolve("include")), "an empty folder stayed");
    }

    @Test
    void filesOfOthersStay() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("out"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        OutputFolder.write(output(Map.of("verilog/A.v", "old")), folder);
        Files.writeString(folder.resolve("verilog/mine.v"), "mine");
        OutputFolder.write(output(Map.of("other/A.v", "new")), folder);
        assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
        assertEquals("mine", Files.readString(folder.resolve("verilog/mine.v")));
        assertFalse(Files.exists(folder.resolve("verilog/A.v")));
    }

    @Test
    void aFileOfOthersUnderOneOfOurNamesIsRefusedAndNothingChanges() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("out/verilog")).getParent();
        Files.writeString(folder.resolve("verilog/B.v"), "mine");
        SortedMap<String, String> before = read(folder);
        String message = refusal(output(Map.of("verilog/A.v", "a", "verilog/B.v", "b")), folder);
        assertEquals(
                "folder " + folder + " holds verilog/B.v, not written by h2learn; move what is yours away or name"
                        + " another folder",
                message);
        assertEquals(before, read(folder));
    }

    @Test
    void aManifestOfAnotherProgramIsNotOurs() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("out"));
        Files.writeString(folder.resolve("manifest.json"), "{\"generator\": \"other\", \"files\": []}");
        assertTrue(refusal(output(Map.of("a.h", "a")), folder).contains("holds manifest.json"));
        Files.writeString(folder.resolve("manifest.json"), "not JSON");
        assertTrue(refusal(output(Map.of("a.h", "a")), folder).contains("holds manifest.json"));
    }

    @Test
    void aFolderOrFileInTheWayIsRefused() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("out/a.h")).getParent();
        assertTrue(refusal(output(Map.of("a.h", "a")), folder).contains("holds a.h"));
        Path other = Files.createDirectories(parent.resolve("other"));
        Files.writeString(other.resolve("verilog"), "mine");
        assertTrue(refusal(output(Map.of("verilog/A.v", "a")), other).contains("holds verilog,"));
    }

    @Test
    void aManifestCannotLeadOutOfTheFolder() throws IOException {
        Path outside = Files.writeString(parent.resolve("precious"), "mine");
        Path folder = Files.createDirectories(parent.resolve("out"));
        Files.writeString(
                folder.resolve("manifest.json"),
                "{\"generator\": \"h2learn\", \"files\": [{\"path\": \"../precious\"}, {\"path\": \"" + outside
                        + "\"}, {\"path\": \"a/../../precious\"}]}");
        OutputFolder.write(output(Map.of("a.h", "a")), folder);
        assertEquals("mine", Files.readString(outside));
    }

    /** The state that a run killed between two moves leaves: no manifest, a staging folder, some files moved. */
    @Test
    void whatAKilledRunLeftIsReplaced() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("out"));
        Path staging = Files.createDirectories(folder.resolve(".h2learn-staging/new"));
        Files.writeString(staging.resolveSibling("files-of-h2learn"), "a.h\nb.h\nmanifest.json\n../precious\n");
        Files.writeString(staging.resolve("b.h"), "half");
        Files.writeString(folder.resolve("a.h"), "moved");
        SortedMap<String, String> files = output(Map.of("a.h", "new"));
        OutputFolder.write(files, folder);
        assertEquals(files, read(folder));
    }

    @Test
    void theLeftoverOfAKilledFirstRunIsReplaced() throws IOException {
        Path leftover = Files.createDirectories(parent.resolve(".out.h2learn-staging/verilog"));
        Files.writeString(leftover.resolve("A.v"), "half");
        SortedMap<String, String> files = output(Map.of("b.h", "b"));
        OutputFolder.write(files, parent.resolve("out"));
        assertEquals(files, read(parent.resolve("out")));
        assertEquals(List.of("out"), names(parent));
    }

    @Test
    void whatIsNoFolderOrCannotBeWrittenIsRefusedInOneSentence() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "mine");
        assertEquals(file + " is a file, not a folder; name another folder", refusal(output(Map.of()), file));
        String below = refusal(output(Map.of()), file.resolve("out"));
        assertTrue(below.startsWith("cannot write to folder " + file.resolve("out") + ": "), below);
        // refuses new folders to root as well
        String kernel = refusal(output(Map.of()), Path.of("/proc/h2learn-out"));
        assertTrue(kernel.startsWith("cannot write to folder /proc/h2learn-out: "), kernel);
        assertFalse(kernel.contains("\n"), kernel);
        assertEquals("mine", Files.readString(file));
    }

    private static String refusal(SortedMap<String, String> files, Path folder) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> OutputFolder.write(files, folder));
        assertEquals(1, refused.problems().size());
        return refused.problems().get(0);
    }

    /** These files with a manifest that lists them. */
    private static SortedMap<String, String> output(Map<String, String> files) {
        SortedMap<String, String> all = new TreeMap<>(files);
        String list = String.join(
                ",",
                all.keySet().stream()
                        .map(file -> "{\"path\": \"" + file + "\"}")
                        .toList());
        all.put("manifest.json", "{\"generator\": \"h2learn\", \"files\": [" + list + "]}");
        return all;
    }

    private static SortedMap<String, String> read(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
