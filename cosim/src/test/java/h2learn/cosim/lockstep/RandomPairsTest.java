package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.config.ConfigCheck;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.network.Network;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random networks on random configurations at random timing, every tensor of two updates compared: 200 pairs of dense
 * networks, half as many of convolutional ones, whose numbers begin at 1000, and half as many with pools, from 2000. A
 * case is drawn from the seed and its own two numbers alone, so one can be repeated alone:
 * {@code -Dh2learn.randomCase=3/17}.
 * {@code -Dh2learn.randomSeed} and {@code -Dh2learn.randomNetworks} run others.
 */
class RandomPairsTest {
    private static final long SEED = Long.getLong("h2learn.randomSeed", 20_261_124);
    private static final int NETWORKS = Integer.getInteger("h2learn.randomNetworks", 25);
    private static final int FIRST_CONVOLUTION = 1000;
    private static final int FIRST_POOL = 2000;
    private static final String ONLY = System.getProperty("h2learn.randomCase", "");

    @ParameterizedTest(name = "configuration {0}: {1} lanes, {2}, {3}, {4}")
    @CsvSource({
        "0, 4, LUT, DUAL, GENERIC",
        "1, 4, ADDER, NONE, ASIC",
        "2, 8, LUT, INPUT, XILINX",
        "3, 4, LUT, OUTPUT, ICE40",
        "4, 16, LUT, DUAL, ECP5",
        "5, 8, ADDER, DUAL, GENERIC",
        "6, 8, LUT, NONE, XILINX",
        "7, 32, LUT, DUAL, GENERIC"
    })
    void trainsBitExact(int index, int lanes, Pe pe, Sparsity sparsity, Target target) {
        RandomCases cases = new RandomCases(seed(index, -1));
        train(RandomPairsTest.class, index, cases.config(index, lanes, pe, sparsity, target, Options.none()), NETWORKS);
    }

    /** Trains {@code networks} dense networks and half as many convolutional and pooling ones of {@code test}, or the one that was asked for. */
    static void train(Class<?> test, int index, AcceleratorConfig config, int networks) {
        if (!ONLY.isEmpty() && !ONLY.startsWith(index + "/")) {
            return;
        }
        assertEquals(List.of(), ConfigCheck.problems(config), "an illegal configuration was drawn");
        long compared = 0;
        IntStream convolutions = IntStream.range(FIRST_CONVOLUTION, FIRST_CONVOLUTION + networks / 2);
        IntStream pools = IntStream.range(FIRST_POOL, FIRST_POOL + networks / 2);
        IntStream numbers = IntStream.concat(IntStream.range(0, networks), IntStream.concat(convolutions, pools));
        for (int number : numbers.toArray()) {
            if (ONLY.isEmpty() || ONLY.equals(index + "/" + number)) {
                compared += trainPair(test, index, number, config);
            }
        }
        assertTrue(compared > 0, "nothing was compared");
    }

    static long seed(int index, int number) {
        return SEED + 10_000L * index + number;
    }

    private static Network draw(RandomCases cases, int number, AcceleratorConfig config) {
        if (number < FIRST_CONVOLUTION) {
            return cases.network(number, config);
        }
        return number < FIRST_POOL ? cases.convolution(number, config) : cases.pool(number, config);
    }

    /** Says which case runs before it does, so that a crash of the process is known too. */
    private static long trainPair(Class<?> test, int index, int number, AcceleratorConfig config) {
        String repeat =
                "mvn test -pl cosim -am -Dtest=" + test.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dh2learn.randomSeed=" + SEED + " -Dh2learn.randomCase=" + index + "/" + number;
        System.out.println("case " + index + "/" + number + " of seed " + SEED + ": " + repeat);
        RandomCases cases = new RandomCases(seed(index, number));
        Network network = draw(cases, number, config);
        Case drawn = new Case(
                index + "/" + number,
                config,
                network,
                Plan.SCRATCHPADS,
                Check.EACH_COMMAND,
                cases.between(1, network.training().minibatch()),
                2,
                cases.seed(),
                number % 2 == 1 ? Timing.RANDOM : Timing.FAST,
                List.of());
        return RandomRun.words(drawn, repeat);
    }
}
