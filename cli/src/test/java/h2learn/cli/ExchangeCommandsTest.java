package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeCommandsTest {
    private static final String FILES = "../golden-model/src/test/resources/exchange/";

    @TempDir
    private Path folder;

    @Test
    void importedNetworksAreExportedImportedAndInspected() throws IOException {
        Outcome first = Outcome.of(
                "import",
                FILES + "snntorch-zero.nir",
                "--dt",
                "1e-4",
                "--reset",
                "hard",
                "--steps",
                "8",
                "--name",
                "mine",
                "--out",
                folder.toString());
        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().contains("24-32-10, T 8"), first.out());
        assertTrue(first.out().contains("spikes changed"), first.out());
        Path yaml = folder.resolve("mine.yaml");
        Path weights = folder.resolve("mine.npz");
        Path nir = folder.resolve("again.nir");
        Outcome export =
                Outcome.of("export", nir.toString(), "--network", yaml.toString(), "--weights", weights.toString());
        assertEquals(0, export.code(), export.err());
        byte[] before = Files.readAllBytes(weights);
        Path other = folder.resolve("other");
        Outcome second = Outcome.of("import", nir.toString(), "--name", "mine", "--out", other.toString());
        assertEquals(0, second.code(), second.err());
        assertArrayEquals(before, Files.readAllBytes(other.resolve("mine.npz")));
        Outcome inspect = Outcome.of("inspect", nir.toString());
        assertEquals(0, inspect.code(), inspect.err());
        assertTrue(inspect.out().contains("Accelerator base can run it."), inspect.out());
        assertTrue(inspect.out().contains("cycles a sample of a training step of "), inspect.out());
        assertTrue(inspect.out().contains("with overlapping queues "), inspect.out());
    }

    @Test
    void checkpointsComeAndGo() throws IOException {
        Path mapping = folder.resolve("mapping.yaml");
        Files.writeString(
                mapping,
                "layers:\n  - weight: fc1.weight\n    bias: fc1.bias\n  - weight: fc2.weight\n    bias: fc2.bias\n");
        assertEquals(
                0,
                Outcome.of(
                                "import",
                                FILES + "snntorch-zero.nir",
                                "--dt",
                                "1e-4",
                                "--reset",
                                "hard",
                                "--steps",
                                "8",
                                "--name",
                                "mine",
                                "--out",
                                folder.toString())
                        .code());
        String yaml = folder.resolve("mine.yaml").toString();
        byte[] graph = Files.readAllBytes(folder.resolve("mine.npz"));
        Outcome imported = Outcome.of(
                "import",
                FILES + "checkpoint.safetensors",
                "--network",
                yaml,
                "--mapping",
                mapping.toString(),
                "--out",
                folder.toString());
        assertEquals(0, imported.code(), imported.err());
        assertArrayEquals(graph, Files.readAllBytes(folder.resolve("mine.npz")));
        Path written = folder.resolve("back.safetensors");
        Outcome exported = Outcome.of(
                "export",
                written.toString(),
                "--network",
                yaml,
                "--weights",
                folder.resolve("mine.npz").toString(),
                "--mapping",
                mapping.toString());
        assertEquals(0, exported.code(), exported.err());
    }

    @Test
    void whatIsMissingIsAskedFor() {
        Outcome outcome = Outcome.of("import", FILES + "snntorch-zero.nir", "--out", folder.toString());
        assertEquals(2, outcome.code());
        for (String option : new String[] {"--dt", "--reset", "--steps"}) {
            assertTrue(outcome.err().contains("give it with " + option), outcome.err());
        }
        Outcome checkpoint = Outcome.of("import", FILES + "checkpoint.npz", "--out", folder.toString());
        assertEquals(2, checkpoint.code());
        assertTrue(checkpoint.err().contains("--mapping"), checkpoint.err());
    }

    @Test
    void exportAsksForAnEndingThatItKnows() {
        Path file = folder.resolve("trained.onnx");
        Outcome.of("export", file.toString(), "--network", "tiny-mlp", "--weights", "w.npz")
                .refused(file + ": its ending says no format; use .nir, .npz or .safetensors");
        Outcome.of("export", "out.nir", "--network", "tiny-mlp", "--weights", "w.npz", "--mapping", "map.yaml")
                .refused("--mapping: is for checkpoints");
    }

    @Test
    void importWarnsOfATimeStepThatMakesTheWeightsVanish() {
        List<String> command = List.of(
                "import", FILES + "snntorch-zero.nir", "--reset", "hard", "--steps", "2", "--out", folder.toString());
        Outcome good = with(command, "--dt", "1e-4");
        good.good();
        assertFalse(good.err().contains("round to 0"), good.err());
        Outcome small = with(command, "--dt", "1e-9");
        small.good();
        assertTrue(small.err().contains("warning: layer1: 768 of 768 weights round to 0"), small.err());
    }

    @Test
    void importRefusesOptionsAboutDataWithoutData() {
        List<String> command = List.of(
                "import",
                FILES + "snntorch-zero.nir",
                "--dt",
                "1e-4",
                "--reset",
                "hard",
                "--steps",
                "2",
                "--out",
                folder.toString());
        with(command, "--image-code", "rate")
                .refused("--image-code: needs data, but samples without --data are random");
        with(command, "--camera", "34x34").refused("--camera: needs data");
    }

    private static Outcome with(List<String> command, String... more) {
        return Outcome.of(Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
    }
}
