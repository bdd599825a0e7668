package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CosimCommandTest {
    @Test
    void comparesEveryWordForEachSeedWithAndWithoutStalls() {
        String job = "cosim --network tiny-mlp --config tiny --samples 12 --seed 5 --seeds 2 ";
        Outcome plain = Outcome.of((job + "--no-progress").split(" "));
        Outcome stalled = Outcome.of((job + "--stalls 0.3 --progress").split(" "));
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
