package h2learn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "wide"})
    void whatIsWrittenReadsBackTheSame(String name) throws IOException {
        AcceleratorConfig config = new ConfigReader().read(name);
        assertEquals(config, edited(config, "", ""));
    }

    @Test
    void writesEveryKey() {
        String yaml = ConfigWriter.toYaml(new ConfigReader().read("base"));
        assertTrue(yaml.startsWith("name: base\n"), yaml);
        assertEquals(42, yaml.lines().filter(line -> line.contains(":")).count(), yaml);
        assertTrue(yaml.contains("  sparsity: dual\n") && yaml.endsWith("target: generic\n"), yaml);
    }

    @Test
    void theHashCoversEveryComponentButTheDescription() throws IOException {
        AcceleratorConfig base = new ConfigReader().read("base");
        long hash = ConfigHash.of(base).bits();
        assertEquals(
                hash,
                ConfigHash.of(edited(base, "description: .*\n(  .*\n)*", "description: x\n"))
                        .bits());
        String[][] edits = {
            {"name: base", "name: case"},
            {"lanes: 16", "lanes: 32"},
            {"inputs: 4", "inputs: 5"},
            {"pe: lut", "pe: adder"},
            {"lanes: 4", "lanes: 8"},
            {"dual", "none"},
            {"weightBits: 8", "weightBits: 9"},
            {"weightFractionBits: 6", "weightFractionBits: 5"},
            {"masterFractionBits: 14", "masterFractionBits: 13"},
            {"gradientBits: 8", "gradientBits: 9"},
            {"accumulatorBits: 32", "accumulatorBits: 31"},
            {"samples: 16", "samples: 15"},
            {"steps: 16", "steps: 15"},
            {"points: 1024", "points: 1023"},
            {"inputPlanes: 8", "inputPlanes: 7"},
            {"weightBlocks: 1024", "weightBlocks: 512"},
            {"spikeWords: 32768", "spikeWords: 512"},
            {"traceWords: 16384", "traceWords: 512"},
            {"gradientSumWords: 2048", "gradientSumWords: 256"},
            {"softReset: false", "softReset: true"},
            {"noReset: false", "noReset: true"},
            {"detachReset: false", "detachReset: true"},
            {"triangle: false", "triangle: true"},
            {"alpha: multiplier", "alpha: shift"},
            {"momentum: false", "momentum: true"},
            {"weightDecay: false", "weightDecay: true"},
            {"stochasticRounding: false", "stochasticRounding: true"},
            {"dataBits: 64", "dataBits: 128"},
            {"addressBits: 32", "addressBits: 33"},
            {"generic", "asic"}
        };
        Set<Long> hashes = new HashSet<>(Set.of(hash));
        for (String[] edit : edits) {
            assertTrue(hashes.add(ConfigHash.of(edited(base, edit[0], edit[1])).bits()), edit[0]);
        }
    }

    @Test
    void theHashIsTheSameOnEveryMachine() {
        ConfigHash hash = ConfigHash.of(new ConfigReader().read("tiny"));
        assertEquals(hash.bits(), ((long) hash.highWord() << 32) | (hash.lowWord() & 0xFFFFFFFFL));
        assertEquals(16, hash.toString().length());
        assertEquals(hash.bits(), Long.parseUnsignedLong(hash.toString(), 16));
        assertNotEquals(0, hash.bits());
    }

    private AcceleratorConfig edited(AcceleratorConfig config, String pattern, String replacement) throws IOException {
        String yaml = ConfigWriter.toYaml(config);
        String edited = pattern.isEmpty() ? yaml : yaml.replaceFirst(pattern, replacement);
        assertTrue(pattern.isEmpty() || !edited.equals(yaml), pattern);
        return new ConfigReader()
                .read(Files.writeString(folder.resolve("config.yaml"), edited).toString());
    }
}
