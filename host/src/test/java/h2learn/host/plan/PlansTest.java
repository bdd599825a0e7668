package h2learn.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Opcode;
import h2learn.host.PlacementException;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of both plans, run in any order that their tokens allow, train as the golden model does, bit by bit. */
class PlansTest {
    private static final int RANDOM_CASES = 80;
    private static final double LEARNING_RATE = 0.5;

    @ParameterizedTest
    @CsvSource({
        "tiny-mlp, tiny, 8, true", "tiny-mlp, tiny, 8, false",
        "fashion-mlp, base, 5, true", "fashion-mlp, base, 5, false",
        "fashion-conv, base, 3, true", "fashion-conv, base, 3, false",
        "event-conv, base, 2, true", "event-conv, base, 2, false",
        "cifar-like, base, 2, false"
    })
    void namedNetworksTrainAsTheGoldenModel(String name, String configName, int minibatch, boolean pipelined) {
        Network network = new NetworkReader().read(name);
        AcceleratorConfig config = new ConfigReader().read(configName);
        StepPlan plan = plan(network, config, minibatch, pipelined, Overlap.FULL);
        train(network, config, plan, minibatch, minibatch - 1, 1);
    }

    @Test
    void randomNetworksTrainTiled() {
        int cut = 0;
        int grouped = 0;
        int fitting = 0;
        for (int seed = 0; seed < RANDOM_CASES; seed++) {
            RandomPlans draw = new RandomPlans(seed);
            AcceleratorConfig config = draw.config(seed);
            Network network = draw.network(seed, config);
            int minibatch = network.training().minibatch();
            try {
                TiledPlan plan = new TiledPlan(network, config, minibatch, Overlap.FULL);
                train(network, config, plan, minibatch, draw.between(1, minibatch), seed);
                fitting++;
                cut += anyLayer(network, layer -> plan.forwardTiles(layer) > 1 && plan.backwardTiles(layer) > 1);
                grouped += anyLayer(network, layer -> plan.groups(layer) > 1);
            } catch (PlacementException tooLarge) {
                assertSaysWhy(tooLarge);
            }
        }
        assertTrue(fitting > RANDOM_CASES / 2, fitting + " networks fit");
        assertTrue(cut > RANDOM_CASES / 3, cut + " networks were cut up");
        assertTrue(grouped > RANDOM_CASES / 10, grouped + " networks had more weights than memories.weightBlocks");
    }

    private static int anyLayer(Network network, IntPredicate holds) {
        return IntStream.range(0, network.layers().size()).anyMatch(holds) ? 1 : 0;
    }

    @Test
    void randomNetworksTrainPipelined() {
        int fitting = 0;
        int parts = 0;
        for (int seed = 0; seed < RANDOM_CASES; seed++) {
            RandomPlans draw = new RandomPlans(seed);
            AcceleratorConfig config = draw.config(seed);
            Network network = draw.network(seed, config);
            int minibatch = network.training().minibatch();
            try {
                PipelinedPlan plan = PipelinedPlan.of(network, config, minibatch, Overlap.FULL);
                train(network, config, plan, minibatch, draw.between(1, minibatch), seed);
                fitting++;
                parts += plan.partSamples() < minibatch ? 1 : 0;
            } catch (PlacementException tooLarge) {
                assertSaysWhy(tooLarge);
            }
        }
        assertTrue(fitting > RANDOM_CASES / 4, fitting + " networks fit");
        assertTrue(parts > RANDOM_CASES / 8, parts + " networks took several parts");
    }

    private static void assertSaysWhy(PlacementException refusal) {
        assertTrue(
                refusal.getMessage().matches("(?s).*\n  \\d+ .* are needed, .* (holds|reaches) \\d+"),
                refusal.getMessage());
    }

    @Test
    void choosesThePipelineWhereAllFits() {
        AcceleratorConfig base = new ConfigReader().read("base");
        Network mlp = new NetworkReader().read("fashion-mlp");
        assertInstanceOf(PipelinedPlan.class, Plans.of(mlp, base, 50, Overlap.FULL));
        Network cifar = new NetworkReader().read("cifar-like");
        assertInstanceOf(TiledPlan.class, Plans.of(cifar, base, 8, Overlap.FULL));
        assertEquals(
                "network cifar-like does not stay on the chip of config base:\n"
                        + "  1030 weight blocks are needed, memories.weightBlocks holds 1024",
                assertThrows(PlacementException.class, () -> PipelinedPlan.of(cifar, base, 8, Overlap.FULL))
                        .getMessage());
    }

    @Test
    void cutsUpWhatIsTooLarge() {
        TiledPlan plan =
                new TiledPlan(new NetworkReader().read("cifar-like"), new ConfigReader().read("base"), 8, Overlap.FULL);
        // A row of the first layer has 32 columns and 6 steps: five of 32 rows have no more than 1024 points.
        assertEquals(8 * 7, plan.forwardTiles(0));
        assertTrue(plan.backwardTiles(0) >= 8 * 7, plan.describe().toString());
    }

    @Test
    void saysWhatCannotBeCutUp() {
        Network network = new NetworkReader().read("fashion-mlp");
        AcceleratorConfig tiny = new ConfigReader().read("tiny");
        assertEquals(
                "network fashion-mlp does not fit config tiny even in the smallest tiles:\n"
                        + "  1572 spike words of layer 0 forward are needed, memories.spikeWords holds 1024",
                assertThrows(PlacementException.class, () -> new TiledPlan(network, tiny, 8, Overlap.FULL))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void withoutOverlapTheSameCommandsWaitForEachOther(boolean pipelined) {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = new ConfigReader().read("tiny");
        StepPlan serial = plan(network, config, 8, pipelined, Overlap.NONE);
        train(network, config, serial, 8, 5, 2);
        List<UpdateConstants> constants = Collections.nCopies(2, UpdateConstants.NOTHING);
        StepPlan overlapping = plan(network, config, 8, pipelined, Overlap.FULL);
        long slow = Overlap.estimate(serial.step(8, constants), config);
        long fast = Overlap.estimate(overlapping.step(8, constants), config);
        assertTrue(10 * fast < 8 * slow, fast + " cycles instead of " + slow);
    }

    @Test
    void theSamePlanMakesTheSameProgram() {
        Network network = new NetworkReader().read("event-conv");
        AcceleratorConfig config = new ConfigReader().read("base");
        List<UpdateConstants> constants = Collections.nCopies(network.layers().size(), UpdateConstants.NOTHING);
        String first = new TiledPlan(network, config, 4, Overlap.FULL)
                .step(3, constants)
                .toString();
        assertEquals(
                first,
                new TiledPlan(network, config, 4, Overlap.FULL)
                        .step(3, constants)
                        .toString());
    }

    @Test
    void everyProgramEndsWithAFence() {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = new ConfigReader().read("tiny");
        List<UpdateConstants> constants = Collections.nCopies(2, UpdateConstants.NOTHING);
        for (Overlap overlap : Overlap.values()) {
            for (boolean pipelined : new boolean[] {true, false}) {
                StepPlan plan = plan(network, config, 8, pipelined, overlap);
                for (var program : List.of(plan.begin(), plan.step(8, constants), plan.infer(8), plan.end())) {
                    assertEquals(Opcode.FENCE, program.get(program.size() - 1).opcode());
                }
            }
        }
    }

    private static StepPlan plan(
            Network network, AcceleratorConfig config, int minibatch, boolean pipelined, Overlap overlap) {
        return pipelined
                ? PipelinedPlan.of(network, config, minibatch, overlap)
                : new TiledPlan(network, config, minibatch, overlap);
    }

    /** Two steps: a whole minibatch and a smaller one. */
    private static void train(
            Network network, AcceleratorConfig config, StepPlan plan, int minibatch, int second, long seed) {
        RandomPlans draw = new RandomPlans(seed + 1);
        PlanRun run = new PlanRun(network, config, plan, seed);
        List<SampleTrace> traces = run.step(draw.samples(network, minibatch), LEARNING_RATE);
        run.compareSaturations(traces);
        run.infer(draw.samples(network, second));
        run.step(draw.samples(network, second), LEARNING_RATE);
        run.check();
    }
}
