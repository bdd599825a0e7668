package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.hdl.EnumType;
import h2learn.hdl.Verilog;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text depends on the circuit and the options only: same input, same bytes. */
class DeterminismTest {
    /** Circuits that between them use the whole layer; each with a letter before its file names. */
    static Map<String, String> everything() {
        Map<String, String> files = new TreeMap<>();
        add(files, "a", Emitted.of(NamesTest.Everything::new));
        add(files, "b", Emitted.of(NamesTest.Tree::new));
        add(files, "c", Emitted.of(StatementsTest.Decisions::new));
        add(files, "d", Emitted.of(() -> new StatementsTest.Machine(EnumType.Encoding.GRAY)));
        add(files, "e", Emitted.of(MemoryTest.Memories::new));
        add(files, "f", Emitted.of(CompositesTest.Whole::new));
        add(
                files,
                "g",
                Emitted.of(
                        () -> new StreamTest.Passage(stream -> stream.queue(8).m2sPipe())));
        add(files, "h", Emitted.of(ClocksTest.Domains::new));
        add(files, "i", Emitted.of(ClocksTest.UsesBox::new));
        add(files, "j", Emitted.of(Verilog.inMemory().formal(), ClocksTest.Claims::new));
        add(files, "k", Emitted.of(() -> new OperatorsTest.Signed(7, 5)));
        add(
                files,
                "l",
                Emitted.of(Verilog.inMemory().header(List.of("two", "lines")), () -> new FixedTest.Wide(40, 5, 16)));
        return files;
    }

    private static void add(Map<String, String> files, String letter, Emitted emitted) {
        emitted.files().forEach((name, text) -> files.put(letter + "/" + name, text));
    }

    /** What a forked JVM runs; prints one digest a file. */
    static final class Fork {
        private Fork() {}

        public static void main(String[] arguments) {
            everything().forEach((name, text) -> System.out.println(digest(text) + " " + name));
        }
    }

    private static String digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String digests(Map<String, String> files) {
        StringBuilder result = new StringBuilder();
        files.forEach((name, text) ->
                result.append(digest(text)).append(' ').append(name).append('\n'));
        return result.toString();
    }

    @Test
    void againAndOnSeveralThreads() throws Exception {
        Map<String, String> alone = everything();
        assertEquals(alone, everything());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Map<String, String>>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(DeterminismTest::everything);
            }
            for (Future<Map<String, String>> result : threads.invokeAll(tasks)) {
                assertEquals(alone, result.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void inOtherProcessesFoldersTimeZonesAndHashCodes(@TempDir Path directory)
            throws IOException, InterruptedException {
        String expected = digests(everything());
        Map<Process, Path> forks = new HashMap<>();
        int number = 0;
        // 0: random, 2: constant 1, 3: counting up; the default of HotSpot is 5
        for (String hashCode : List.of("0", "2", "3")) {
            Path folder = Files.createDirectory(directory.resolve("folder" + number));
            Path output = directory.resolve("output" + number);
            ProcessBuilder fork = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UnlockExperimentalVMOptions",
                    "-XX:hashCode=" + hashCode,
                    "-XX:TieredStopAtLevel=1",
                    "-Duser.timezone="
                            + List.of("Asia/Tokyo", "America/New_York", "UTC").get(number),
                    "-Duser.language=" + List.of("tr", "de", "ja").get(number),
                    "-Duser.name=somebody" + number,
                    "-cp",
                    absoluteClassPath(),
                    Fork.class.getName());
            fork.environment()
                    .put("TZ", List.of("Asia/Tokyo", "America/New_York", "UTC").get(number));
            forks.put(
                    fork.directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
            number++;
        }
        for (Map.Entry<Process, Path> fork : forks.entrySet()) {
            int status = fork.getKey().waitFor();
            assertEquals(expected, Files.readString(fork.getValue()));
            assertEquals(0, status);
        }
        try (var left = Files.list(directory.resolve("folder0"))) {
            assertEquals(List.of(), left.toList(), "nothing is written into the working directory");
        }
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                entries.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    @Test
    void theTextTellsNothingOfThePlaceAndTheDay() {
        String text = String.join("\n", everything().values());
        assertTrue(text.length() > 10_000);
        List<String> traces = List.of(
                System.getProperty("user.dir"),
                System.getProperty("java.io.tmpdir"),
                System.getProperty("user.home"),
                String.valueOf(Year.now()),
                System.getProperty("user.name"),
                "SpinalHDL",
                "Generator");
        for (String trace : traces) {
            assertFalse(
                    Pattern.compile("(?<!\\w)" + Pattern.quote(trace) + "(?!\\w)")
                            .matcher(text)
                            .find(),
                    trace);
        }
        assertFalse(text.contains(".java") || text.contains(".scala"), "a source file");
    }
}
