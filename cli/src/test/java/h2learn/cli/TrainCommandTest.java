package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"float", "fixed"})
    void sameOutputForEveryNumberOfThreadsAndWithProgress(String engine) {
        Outcome one = train(engine, "--samples", "100", "--epochs", "2", "--threads", "1", "--no-progress");
        Outcome three = train(engine, "--samples", "100", "--epochs", "2", "--threads", "3", "--progress");
        assertEquals(one.good(), three.good());
        assertFalse(one.err().contains("training"), one.err());
        assertTrue(three.err().contains("training"), three.err());
        assertTrue(one.err().contains("epoch 2 took "), one.err());
        assertNotEquals(
                one.value("weights"),
                train(engine, "--samples", "100", "--seed", "2").value("weights"));
    }

    @Test
    void printsWhatWasTrainedAndHowItWent() {
        Outcome outcome = train("fixed", "--samples", "64", "--test-samples", "10", "--epochs", "3");
        assertTrue(outcome.value("network").startsWith("tiny-mlp, 49-32-20, T 4"), outcome.out());
        assertTrue(outcome.value("formats").startsWith("weights 8 bits (6 fraction)"), outcome.out());
        assertTrue(outcome.value("data").endsWith("64 training and 10 test samples"), outcome.out());
        assertEquals("1", outcome.value("seed"));
        String number = "\\d\\.\\d+";
        for (int epoch = 1; epoch <= 3; epoch++) {
            String line = outcome.value("epoch " + epoch);
            assertTrue(
                    line.matches("learning rate " + number + ", loss " + number + ", train accuracy " + number
                            + ", test accuracy " + number),
                    line);
        }
        assertTrue(outcome.value("  layer 2").matches("spikes .*, windows .*, gradients .*, saturations \\d+"));
        assertTrue(loss(outcome, 3) < loss(outcome, 1), outcome.out());
    }

    private static double loss(Outcome outcome, int epoch) {
        return Double.parseDouble(outcome.value("epoch " + epoch).replaceAll(".*loss ([0-9.]+),.*", "$1"));
    }

    @Test
    void goesOnFromSavedWeights() {
        Path half = folder.resolve("half.npz");
        Path again = folder.resolve("again.npz");
        Outcome first = train("fixed", "--samples", "32", "--epochs", "1", "--save", half.toString());
        assertEquals(half.toString(), first.value("saved"));
        Outcome second = train(
                "fixed", "--samples", "32", "--epochs", "1", "--weights", half.toString(), "--save", again.toString());
        assertNotEquals(first.value("weights"), second.value("weights"));
        assertEquals(
                second.value("weights"),
                train("fixed", "--samples", "32", "--epochs", "1", "--weights", half.toString())
                        .value("weights"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "fixed"})
    void dumpsEveryTensorOfTheLastStep(String engine) throws IOException {
        Path dump = folder.resolve("dump");
        train(engine, "--samples", "40", "--epochs", "1", "--dump", dump.toString())
                .good();
        for (int layer = 1; layer <= 2; layer++) {
            for (String tensor : List.of("weight", "dweight", "s", "h", "u", "gu")) {
                assertTrue(Files.size(dump.resolve("layer" + layer + "." + tensor + ".npy")) > 128, tensor);
            }
        }
        // 40 samples in minibatches of 32: the last has 8
        assertTrue(header(dump.resolve("layer1.s.npy")).contains("(8, 4, 32)"), header(dump.resolve("layer1.s.npy")));
        assertTrue(header(dump.resolve("layer2.weight.npy")).contains("(20, 32)"));
    }

    private static String header(Path npy) throws IOException {
        return Files.readString(npy, StandardCharsets.ISO_8859_1).substring(10, 100);
    }

    @Test
    void fixedAndRtlEndWithTheSameWeightsAndDumps() throws IOException {
        List<String> job = List.of("--config", "tiny", "--samples", "72", "--test-samples", "8", "--epochs", "1");
        Path fixedDump = folder.resolve("fixed");
        Path rtlDump = folder.resolve("rtl");
        Outcome fixed = train("fixed", with(job, "--dump", fixedDump.toString()));
        Outcome rtl = train("rtl", with(job));
        Outcome lockStep = train("rtl", with(job, "--lockstep", "--dump", rtlDump.toString()));
        assertEquals(fixed.value("weights"), rtl.value("weights"));
        assertEquals(fixed.value("weights"), lockStep.value("weights"));
        for (String key : List.of("epoch 1", "  layer 1", "  layer 2")) {
            assertEquals(fixed.value(key), rtl.value(key));
            assertEquals(fixed.value(key), lockStep.value(key));
        }
        assertTrue(lockStep.value("words compared with the golden model").matches("\\d{4,}, all equal"));
        assertTrue(Long.parseLong(rtl.value("clock cycles")) > 1000);
        assertArrayEquals(names(fixedDump), names(rtlDump));
        for (String name : names(fixedDump)) {
            assertArrayEquals(
                    Files.readAllBytes(fixedDump.resolve(name)), Files.readAllBytes(rtlDump.resolve(name)), name);
        }
    }

    private static String[] names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }

    private static String[] with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private static Outcome train(String engine, String... options) {
        List<String> arguments = new ArrayList<>(List.of("train", "--network", "tiny-mlp", "--engine", engine));
        arguments.addAll(Arrays.asList(options));
        return Outcome.of(arguments.toArray(String[]::new));
    }
}
