package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.report.LockStepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CosimCommandTest {
    @TempDir
    private Path folder;

    @Test
    void comparesEveryWordForEachSeedWithAndWithoutStalls() {
        String job = "cosim --network tiny-mlp --config tiny --samples 12 --seed 5 --seeds 2 ";
        Path result = folder.resolve("made/lockstep.json");
        Outcome plain = Outcome.of((job + "--no-progress").split(" "));
        Outcome stalled = Outcome.of((job + "--stalls 0.3 --progress --out " + result).split(" "));
        plain.good();
        stalled.good();
        assertTrue(stalled.err().contains("lock-step"), stalled.err());
        for (String seed : new String[] {"seed 5", "seed 6"}) {
            assertTrue(plain.value(seed).matches("1 updates, mean loss 0\\.\\d+, \\d+ words equal, \\d+ cycles"));
            assertEquals(words(plain, seed), words(stalled, seed));
            assertTrue(cycles(stalled, seed) > cycles(plain, seed), stalled.out());
        }
        assertEquals(words(plain, "seed 5") + words(plain, "seed 6") + ", all equal", plain.value("words compared"));
        assertEquals(String.valueOf(cycles(plain, "seed 5") + cycles(plain, "seed 6")), plain.value("clock cycles"));
        LockStepResult read = LockStepResult.read(result);
        assertEquals(read.words() + ", all equal", plain.value("words compared"));
        assertTrue(read.equal() && read.seeds() == 2 && read.config().equals("tiny"), read.toString());
        assertTrue(plain.out().contains("\nweight_gradient "), plain.out());
        assertEquals(plain.out(), Outcome.of((job + "--no-progress").split(" ")).good());
    }

    private static long words(Outcome outcome, String seed) {
        return Long.parseLong(outcome.value(seed).replaceAll(".* (\\d+) words equal.*", "$1"));
    }

    private static long cycles(Outcome outcome, String seed) {
        return Long.parseLong(outcome.value(seed).replaceAll(".* (\\d+) cycles", "$1"));
    }
}
