package h2learn.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.config.ConfigWriter;
import h2learn.hdl.test.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rtl-out/} is what this program writes, byte for byte, wherever and however often it runs. */
class RtlOutTest {
    private static final Path CHECKED_IN = Path.of("..", "rtl-out");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "wide"})
    void isUpToDate(String name) throws IOException {
        SortedMap<String, String> fresh = Products.of(new ConfigReader().read(name), EnumSet.allOf(Product.class));
        SortedMap<String, String> checkedIn = read(CHECKED_IN.resolve(name));
        TreeSet<String> paths = new TreeSet<>(fresh.keySet());
        paths.addAll(checkedIn.keySet());
        List<String> differing = paths.stream()
                .filter(path -> !String.valueOf(fresh.get(path)).equals(checkedIn.get(path)))
                .toList();
        assertTrue(
                differing.isEmpty(),
                () -> "rtl-out/" + name + " is not what the generator writes: " + differing
                        + "\nlook at the difference after: scripts/h2learn generate --config " + name
                        + " --out rtl-out/" + name);
    }

    @Test
    void aProgramOfItsOwnInAnyFolderWritesTheSameBytes() throws IOException {
        SortedMap<String, String> first = generateIn("here", "en", "UTC", 2);
        SortedMap<String, String> second = generateIn("somewhere/else", "tr", "Asia/Tokyo", 5);
        assertTrue(first.size() > 40, first.keySet().toString());
        assertEquals(first, second);
    }

    /** Runs a Java process in {@code name} with a language, a time zone and one of the JVM's ways to make hash codes. */
    private SortedMap<String, String> generateIn(String name, String language, String zone, int hashCodes)
            throws IOException {
        Path work = Files.createDirectories(folder.resolve(name));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=" + hashCodes,
                "-Duser.language=" + language,
                "-Duser.timezone=" + zone,
                "-cp",
                System.getProperty("java.class.path"),
                GenerateTiny.class.getName());
        Tools.Result result = Tools.run(work, command);
        assertEquals(0, result.status(), result.output());
        return read(work.resolve("out"));
    }

    /** What the forked processes run. */
    static final class GenerateTiny {
        public static void main(String[] arguments) {
            AcceleratorConfig config = new ConfigReader().read("tiny");
            OutputFolder.write(Products.of(config, EnumSet.allOf(Product.class)), Path.of("out"));
        }
    }

    @Test
    void theManifestSaysWhatWasUsed() throws IOException {
        AcceleratorConfig config = new ConfigReader().read("base");
        JsonNode manifest = new ObjectMapper()
                .readTree(CHECKED_IN.resolve("base/manifest.json").toFile());
        assertEquals(ConfigHash.of(config).toString(), manifest.get("hash").asText());
        assertEquals(ConfigWriter.toTree(config), manifest.get("options"));
        assertEquals(config.description(), manifest.get("description").asText());
        List<String> ports = new ArrayList<>();
        manifest.get("ports")
                .forEach(port -> ports.add(port.get("direction").asText() + " "
                        + port.get("name").asText() + " " + port.get("width").asInt()));
        String verilog = Files.readString(CHECKED_IN.resolve("base/verilog/Accelerator.v"));
        assertEquals(portsOf(verilog), new TreeSet<>(ports));
        assertEquals(
                config.tables(), manifest.get("derived").get("tablesPerLane").asInt());
    }

    /** The manifest's memories are the arrays of the Verilog, counted over all instances. */
    @Test
    void theManifestListsEveryMemory() throws IOException {
        JsonNode manifest = new ObjectMapper()
                .readTree(CHECKED_IN.resolve("base/manifest.json").toFile());
        TreeSet<String> listed = new TreeSet<>();
        manifest.get("memories")
                .forEach(memory -> listed.add(memory.get("module").asText() + " "
                        + memory.get("name").asText() + " "
                        + memory.get("words").asInt() + " x "
                        + memory.get("bits").asInt()));
        TreeSet<String> arrays = new TreeSet<>();
        java.util.regex.Pattern array = java.util.regex.Pattern.compile("reg +\\[(\\d+):0\\] +(\\w+) \\[0:(\\d+)\\];");
        read(CHECKED_IN.resolve("base/verilog")).forEach((file, text) -> array.matcher(text)
                .results()
                .forEach(found -> arrays.add(file.replace(".v", "") + " " + found.group(2) + " "
                        + (Integer.parseInt(found.group(3)) + 1) + " x " + (Integer.parseInt(found.group(1)) + 1))));
        assertTrue(arrays.size() > 50, arrays.toString());
        assertEquals(arrays, listed);
    }

    private static TreeSet<String> portsOf(String verilog) {
        TreeSet<String> ports = new TreeSet<>();
        java.util.regex.Pattern.compile("(?m)^  (input|output) +wire +(?:\\[(\\d+):0\\] +)?(\\w+),?$")
                .matcher(verilog)
                .results()
                .forEach(port -> ports.add(port.group(1) + " " + port.group(3) + " "
                        + (port.group(2) == null ? 1 : Integer.parseInt(port.group(2)) + 1)));
        return ports;
    }

    @Test
    void everyVerilogFileNamesVersionConfigurationAndHash() throws IOException {
        String header = "// Generated by h2learn " + ToolVersions.current().h2learn()
                + ". Change the configuration, not this file.\n// Configuration wide, hash "
                + ConfigHash.of(new ConfigReader().read("wide")) + "\n";
        read(CHECKED_IN.resolve("wide/verilog")).forEach((file, text) -> assertTrue(text.startsWith(header), file));
    }

    private static SortedMap<String, String> read(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }
}
