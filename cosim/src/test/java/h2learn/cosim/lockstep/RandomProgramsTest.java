package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.ConfigCheck;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.network.Network;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random networks of convolutions, pools and dense layers on random accelerators with external memory of random timing,
 * trained by programs of both plans: 10 accelerators, 30 networks and timings each, all words and masters of an update
 * compared. A case is drawn from the seed and its own two numbers alone, so one can be repeated alone:
 * {@code -Dh2learn.randomCase=3/17}. {@code -Dh2learn.randomSeed} and {@code -Dh2learn.randomPrograms} run others.
 */
class RandomProgramsTest {
    private static final long SEED = Long.getLong("h2learn.randomSeed", 20_261_125);
    private static final int CASES = Integer.getInteger("h2learn.randomPrograms", 30);
    private static final String ONLY = System.getProperty("h2learn.randomCase", "");

    /** One case in so many is compared command by command. */
    private static final int STEP_BY_STEP = 6;

    @ParameterizedTest(name = "accelerator {0}: {1} lanes, {2} backward, {3}, bus of {4} bits, options {5}")
    @CsvSource({
        "0, 4, 4, DUAL, 64, false",
        "1, 4, 1, INPUT, 32, true",
        "2, 4, 2, OUTPUT, 128, false",
        "3, 4, 4, NONE, 64, true",
        "4, 8, 8, DUAL, 128, true",
        "5, 4, 2, DUAL, 32, true",
        "6, 8, 4, DUAL, 64, false",
        "7, 4, 4, DUAL, 128, true",
        "8, 8, 2, INPUT, 32, false",
        "9, 8, 1, NONE, 64, true"
    })
    void trainsBitExact(int index, int lanes, int backwardLanes, Sparsity sparsity, int busBits, boolean options) {
        if (!ONLY.isEmpty() && !ONLY.startsWith(index + "/")) {
            return;
        }
        AcceleratorConfig config =
                new RandomPrograms(seed(index, -1)).config(index, lanes, backwardLanes, sparsity, busBits, options);
        assertEquals(List.of(), ConfigCheck.problems(config), "an illegal configuration was drawn");
        IntStream.range(0, CASES)
                .filter(number -> ONLY.isEmpty() || ONLY.equals(index + "/" + number))
                .forEach(number -> train(index, number, config));
    }

    private static long seed(int index, int number) {
        return SEED + 10_000L * index + number;
    }

    /** Says which case runs before it does, so that a crash of the process is known too. */
    private static void train(int index, int number, AcceleratorConfig config) {
        String repeat = "mvn test -pl cosim -am -Dtest=RandomProgramsTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dh2learn.randomSeed=" + SEED + " -Dh2learn.randomCase=" + index + "/" + number;
        System.out.println("case " + index + "/" + number + " of seed " + SEED);
        RandomPrograms draw = new RandomPrograms(seed(index, number));
        StepPlan plan = draw.plan(number, config);
        Network network = plan.layout().placement().network();
        Case drawn = new Case(
                index + "/" + number,
                config,
                network,
                plan instanceof TiledPlan ? Plan.TILED : Plan.PIPELINED,
                number % STEP_BY_STEP == 0 ? Check.EACH_COMMAND : Check.EACH_PROGRAM,
                draw.cases().between(1, network.training().minibatch()),
                1,
                draw.cases().seed(),
                Timing.RANDOM,
                List.of());
        RandomRun.words(drawn, repeat);
    }
}
