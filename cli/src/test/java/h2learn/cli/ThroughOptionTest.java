package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and lock-step through external memory, chosen or because a network fits nowhere else. */
class ThroughOptionTest {
    /** One sample's traces are more than the tiny accelerator's memories hold. */
    private static final String LARGE =
            """
            name: large
            description: too large for the scratchpads of the tiny accelerator
            input: {channels: 2, height: 12, width: 12, encoding: spikes}
            steps: 2
            neuron: {alpha: 0.5, theta: 0.25, window: 0.5}
            layers:
              - {type: conv2d, outputs: 6, kernel: 3, padding: 1}
              - {type: average-pool, kernel: 2}
              - {outputs: 6}
            classes: {count: 3, neurons: 2}
            training: {minibatch: 4, learningRate: 0.05}
            """;

    @TempDir
    private Path folder;

    private String large = "";

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, LARGE);
        large = file.toString();
    }

    private static Outcome run(String words) {
        return Outcome.of((words + " --no-progress").split(" +"));
    }

    @Test
    void cosimComparesTheSameStepsEitherWay() {
        String job = "cosim --network tiny-mlp --config tiny --samples 12 --seed 5 ";
        Outcome scratchpads = run(job + "--through scratchpads");
        Outcome memory = run(job + "--through memory");
        Outcome stalled = run(job + "--through memory --stalls 0.5");
        assertEquals(run(job).good(), scratchpads.good());
        assertFalse(scratchpads.out().contains("through: "), scratchpads.out());
        assertTrue(memory.value("through").matches("external memory, \\d+ bytes"), memory.good());
        assertEquals(loss(scratchpads), loss(memory));
        assertEquals(memory.value("words compared"), stalled.value("words compared"));
        assertTrue(cycles(stalled) > cycles(memory), stalled.good());
        assertTrue(cycles(memory) < cycles(scratchpads), "the overlap gains nothing");
        assertEquals(memory.out(), run(job + "--through memory").good());
    }

    private static String loss(Outcome outcome) {
        return outcome.value("seed 5").replaceAll(".*(mean loss [0-9.]+),.*", "$1");
    }

    private static long cycles(Outcome outcome) {
        return Long.parseLong(outcome.value("clock cycles"));
    }

    @Test
    void networksThatAreTooLargeGoThroughMemoryByThemselves() {
        Outcome cosim = run("cosim --config tiny --data random --samples 6 --network " + large);
        assertTrue(cosim.good().contains("\n  plan: layer 0: "), cosim.out());
        assertTrue(cosim.value("words compared").endsWith(", all equal"));
        run("cosim --config tiny --data random --samples 6 --through scratchpads --network " + large)
                .refused("network large does not fit config tiny even one sample at a time");
    }

    @Test
    void trainsToTheWeightsOfTheIntegerModel() {
        String job = "train --config tiny --data random --samples 10 --test-samples 5 --epochs 2 --network " + large;
        Outcome fixed = run(job + " --engine fixed");
        Outcome rtl = run(job + " --engine rtl");
        Outcome lockStep = run(job + " --engine rtl --lockstep");
        assertEquals(fixed.value("weights"), rtl.value("weights"));
        assertEquals(fixed.value("weights"), lockStep.value("weights"));
        assertNotEquals(
                fixed.value("weights"),
                run(job.replace("--epochs 2", "--epochs 1") + " --engine fixed").value("weights"));
        for (String key : List.of("epoch 1", "epoch 2", "  layer 1", "  layer 2", "  layer 3")) {
            assertEquals(fixed.value(key), lockStep.value(key));
            // No more than the first layer's gu stays unknown.
            String known = fixed.value(key);
            assertEquals(
                    key.equals("  layer 1") ? known.replaceAll("gradients [0-9.]+", "gradients -") : known,
                    rtl.value(key));
        }
        assertTrue(rtl.value("through").startsWith("external memory, "), rtl.out());
    }

    @Test
    void saysWhatDoesNotFitEitherWay() {
        run("cosim --network fashion-mlp --config tiny")
                .refused("network fashion-mlp does not fit config tiny even in the smallest tiles:");
        run("train --network tiny-mlp --engine fixed --through memory").refused("--through: ", "use --engine rtl");
        run("cosim --network tiny-mlp --config tiny --through air").refused("--through");
    }
}
