package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.PipelinedPlan;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each named network is trained from external memory, all queues at work: every word that a program wrote is the golden
 * machine's, and after every update all masters are those of the golden model.
 */
class NamedProgramsTest {
    @ParameterizedTest
    @CsvSource({
        "tiny-mlp, tiny, true, 32, 2, false",
        "tiny-mlp, tiny, false, 8, 2, true",
        "fashion-mlp, base, true, 16, 1, false",
        "fashion-mlp, base, false, 3, 1, true",
        "fashion-conv, base, true, 8, 1, false",
        "fashion-conv, base, false, 2, 1, true",
        "event-conv, base, true, 4, 1, true",
        "event-conv, base, false, 2, 1, false",
        "cifar-like, base, false, 1, 1, false"
    })
    void trainsBitExact(
            String name, String configName, boolean pipelined, int minibatch, int updates, boolean slowMemory) {
        Network network = new NetworkReader().read(name);
        AcceleratorConfig config = new ConfigReader().read(configName);
        StepPlan plan = pipelined
                ? PipelinedPlan.of(network, config, minibatch, Overlap.FULL)
                : new TiledPlan(network, config, minibatch, Overlap.FULL);
        long start = System.nanoTime();
        try (PlanTraining training = new PlanTraining(plan, ProgramOptions.standard(), 1)) {
            if (slowMemory) {
                training.model().memory().timing(MemoryTiming.slow(1));
            }
            for (int update = 0; update < updates; update++) {
                training.step(
                        PlanSamples.of(network, update * minibatch, minibatch),
                        network.training().learningRate());
            }
            long words = training.programs().comparedWords();
            System.out.printf(
                    "%s on %s, %s, minibatch %d: %d words compared, %d cycles, %.1f s%n",
                    name,
                    configName,
                    pipelined ? "pipelined" : "tiled",
                    minibatch,
                    words,
                    training.model().cycle(),
                    (System.nanoTime() - start) / 1e9);
            assertTrue(words > 0, "nothing was compared");
        }
    }

    /** Command by command, so that a difference names the command that made it. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void trainsBitExactStepByStep(boolean pipelined) {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = Accelerators.tiny();
        StepPlan plan = pipelined
                ? PipelinedPlan.of(network, config, 8, Overlap.FULL)
                : new TiledPlan(network, config, 8, Overlap.FULL);
        try (PlanTraining training =
                new PlanTraining(plan, ProgramOptions.standard().withStepByStep(true), 2)) {
            training.step(PlanSamples.of(network, 0, 8), 0.5);
            training.step(PlanSamples.of(network, 8, 5), 0.5);
            assertTrue(training.programs().comparedWords() > 0, "nothing was compared");
        }
    }
}
