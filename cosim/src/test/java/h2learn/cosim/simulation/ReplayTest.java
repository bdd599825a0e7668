package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.TestModels;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
