package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static Model open(ModelSource source) {
        return Model.open(TestModels.BUILD, source, ModelOptions.defaults());
    }

    @Test
    void recordedInputsGiveTheSameOutputs() {
        Random random = new Random(1);
        try (Model model = open(TestModels.COUNTER)) {
            model.record();
            model.reset(2);
            for (int change = 0; change < 50; change++) {
                model.port("enable").set(random.nextInt(2));
                model.port("long_in").set(random.nextLong());
                model.step(1 + random.nextInt(9));
            }
            long cycle = model.cycle();
            assertTrue(model.replay(true) > 0);
            assertTrue(model.replay(false) > 0, "again");
            assertEquals(cycle, model.cycle(), "the recorded model stays where it is");
        }
    }

    @Test
    void aReplayWritesAllPortsAtEachEdge(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("ports");
        try (Model model = open(TestModels.COUNTER)) {
            model.record();
            model.reset(1);
            model.port("enable").set(1);
            model.step(5);
            model.replayPorts(file, Long.MAX_VALUE);
            int row = 0;
            int count = 0;
            for (Port port : model.ports()) {
                count = port.name().equals("count") ? row : count;
                // as Verilator stores them
                row += port.width() <= 8
                        ? 1
                        : port.width() <= 16 ? 2 : port.width() <= 32 ? 4 : port.width() <= 64 ? 8 : 16;
            }
            byte[] written = Files.readAllBytes(file);
            assertEquals(6 * row, written.length);
            for (int cycle = 1; cycle < 6; cycle++) {
                assertEquals(cycle - 1, written[cycle * row + count], "an edge sees the value before it");
            }
            assertTrue(model.replay(2L) > 0);
            model.replayPorts(file, 2);
            assertEquals(2 * row, Files.size(file), "the first cycles alone");
            assertThrows(IllegalArgumentException.class, () -> model.replayPorts(directory, 1));
        }
    }

    @Test
    void aReplayThatStopsSaysSo() {
        try (Model model = open(TestModels.STOPPER)) {
            model.record();
            model.reset(2);
            model.port("action").set(3);
            assertThrows(VerilogStopException.class, () -> model.step(1));
            IllegalStateException failure = assertThrows(IllegalStateException.class, () -> model.replay(true));
            assertTrue(failure.getMessage().contains("failed in the replay"), failure.getMessage());
        }
    }

    @Test
    void onlyAWholeRunIsRecorded() {
        try (Model model = open(TestModels.COUNTER)) {
            assertThrows(IllegalStateException.class, () -> model.replay(true), "nothing was recorded");
            model.reset(2);
            assertThrows(IllegalStateException.class, model::record, "the first cycles are gone");
        }
    }
}
