package h2learn.host.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCheckTest {
    private static final int SAMPLES = 8;

    private final AcceleratorConfig config = new ConfigReader().read("tiny");
    private final Network network = new NetworkReader().read("tiny-mlp");
    private final StepPlan plan = Plans.of(network, config, SAMPLES, Overlap.FULL);

    @Test
    void soundProgramsPass() {
        assertDoesNotThrow(() -> new PlanCheck(plan).require(SAMPLES));
    }

    @Test
    void aStepWithoutTokensIsRefused() {
        IllegalStateException failure = assertThrows(
                IllegalStateException.class, () -> new PlanCheck(new WithoutTokens(plan)).require(SAMPLES));
        assertTrue(failure.getMessage().contains("fault of the planner"), failure.getMessage());
    }

    /** A plan whose steps forgot to order their commands. */
    private record WithoutTokens(StepPlan sound) implements StepPlan {
        @Override
        public MemoryLayout layout() {
            return sound.layout();
        }

        @Override
        public List<Command> begin() {
            return sound.begin();
        }

        @Override
        public List<Command> step(int samples, List<UpdateConstants> constants) {
            return sound.step(samples, constants).stream()
                    .map(command -> command.withTokens(0, 0))
                    .toList();
        }

        @Override
        public List<Command> infer(int samples) {
            return sound.infer(samples);
        }

        @Override
        public List<Command> end() {
            return sound.end();
        }

        @Override
        public List<String> describe() {
            return sound.describe();
        }
    }
}
