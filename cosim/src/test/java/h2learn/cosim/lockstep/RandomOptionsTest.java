package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link RandomPairsTest}, with options drawn for the configuration, and used or not by each layer and network. */
class RandomOptionsTest {
    private static final int NETWORKS = Integer.getInteger("h2learn.randomNetworks", 4);

    @ParameterizedTest(name = "configuration {0}: {1} lanes, {2}, {3}, {4}, alpha by {5}")
    @CsvSource({"100, 4, LUT, DUAL, GENERIC, MULTIPLIER", "101, 4, LUT, INPUT, ECP5, SHIFT"})
    void trainsBitExact(int index, int lanes, Pe pe, Sparsity sparsity, Target target, Leak alpha) {
        long seed = RandomPairsTest.seed(index, -1);
        Options options = RandomOptions.draw(new Random(seed), alpha);
        RandomPairsTest.train(
                RandomOptionsTest.class,
                index,
                new RandomCases(seed).config(index, lanes, pe, sparsity, target, options),
                NETWORKS);
    }
}
