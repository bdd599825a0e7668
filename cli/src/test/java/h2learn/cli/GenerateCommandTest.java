package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.emit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    @TempDir
    private Path folder;

    @Test
    void writesWhatItSaysAndNothingElse() throws IOException {
        Path out = folder.resolve("out");
        Outcome outcome = Outcome.of("generate", "--config", "tiny", "--out", out.toString());
        String hash = ConfigHash.of(new ConfigReader().read("tiny")).toString();
        assertEquals("tiny, hash " + hash, outcome.value("config"));
        List<Path> said = outcome.good()
                .lines()
                .skip(1)
                .map(line -> Path.of(line.split("\t")[0]))
                .sorted()
                .toList();
        try (var files = Files.walk(out)) {
            assertEquals(files.filter(Files::isRegularFile).sorted().toList(), said);
        }
        assertTrue(said.contains(out.resolve("verilog/Accelerator.v")), said.toString());
        assertTrue(Files.readString(out.resolve("manifest.json")).contains(hash));
        assertEquals(outcome, Outcome.of("generate", "--config", "tiny", "--out", out.toString()));
    }

    @Test
    void writesOnlyTheProductsAskedFor() {
        Path out = folder.resolve("out");
        Outcome.of("generate", "--config", "tiny", "--out", out.toString(), "--product", "c_header")
                .good();
        assertTrue(Files.exists(out.resolve("include/h2learn_tiny.h")));
        assertFalse(Files.exists(out.resolve("verilog")));
    }

    @Test
    void defaultFolderIsBuildAndTheName() throws IOException, InterruptedException {
        Outcome.ofProcess(
                        folder,
                        Map.of(),
                        Outcome.processCommand("generate", "--config", "tiny", "--product", "register_map_json"))
                .good();
        assertTrue(Files.exists(folder.resolve("build/tiny/register-map.json")));
    }

    @Test
    void listsProducts() {
        List<String> lines = Outcome.of("generate", "--list").good().lines().toList();
        assertEquals(Product.values().length, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.split("\t").length == 3), lines.toString());
    }
}
