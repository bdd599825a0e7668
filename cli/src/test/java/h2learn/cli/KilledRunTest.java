package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are killed while they write: the output is whole or not there. */
class KilledRunTest {
    private static final int ATTEMPTS = 20;
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dump(boolean atOnce) throws IOException, InterruptedException {
        Path dump = folder.resolve("dump");
        killWhileWriting(
                folder.resolve(".dump.partial"),
                atOnce,
                List.of(
                        "train",
                        "--network",
                        "fashion-mlp",
                        "--samples",
                        "50",
                        "--epochs",
                        "1",
                        "--test-samples",
                        "0",
                        "--dump",
                        dump.toString()));
        assertWholeOrAbsent(dump, "tensors.json", 17, atOnce);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void generated(boolean atOnce) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        killWhileWriting(
                folder.resolve(".out.h2learn-staging"),
                atOnce,
                List.of("generate", "--config", "tiny", "--out", out.toString()));
        assertWholeOrAbsent(out, "manifest.json", 5, atOnce);
        // what is left is no obstacle
        Outcome.of("generate", "--config", "tiny", "--out", out.toString()).good();
        assertWholeOrAbsent(out, "manifest.json", 5, false);
    }

    @Test
    void whileComputing() throws IOException, InterruptedException {
        Path save = folder.resolve("w.npz");
        Process process = start(List.of(
                "train", "--network", "fashion-mlp", "--epochs", "100", "--samples", "100", "--save", save.toString()));
        Path out = folder.resolve("stdout");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(out).contains("epoch 1:")) {
            assertTrue(System.nanoTime() < deadline && process.isAlive(), "no epoch was trained");
            Thread.sleep(10);
        }
        process.destroy();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(128 + 15, process.exitValue());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("stderr", "stdout"),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    private Process start(List<String> arguments) throws IOException {
        return new ProcessBuilder(Outcome.processCommand(arguments.toArray(String[]::new)))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    /**
     * SIGTERM, or SIGKILL, as soon as the place is there where the output grows. A run that is through before that was
     * seen is tried again.
     */
    private void killWhileWriting(Path growing, boolean atOnce, List<String> arguments)
            throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Process process = start(arguments);
            boolean seen = false;
            while (process.isAlive() && !seen) {
                seen = Files.exists(growing);
                Thread.onSpinWait();
            }
            if (atOnce) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            if (seen) {
                return;
            }
            assertEquals(0, process.exitValue(), Files.readString(folder.resolve("stderr")));
        }
        throw new AssertionError("never seen while writing " + growing);
    }

    private void assertWholeOrAbsent(Path target, String marker, int files, boolean atOnce) throws IOException {
        if (Files.exists(target)) {
            assertTrue(Files.exists(target.resolve(marker)), "half an output in " + target);
            try (Stream<Path> all = Files.walk(target)) {
                assertTrue(all.filter(Files::isRegularFile).count() >= files, "half an output in " + target);
            }
        }
        if (!atOnce) {
            try (Stream<Path> left = Files.list(folder)) {
                assertTrue(
                        left.noneMatch(file -> file.getFileName().toString().startsWith(".")),
                        "a run that was asked to end left its partial output");
            }
        }
    }
}
