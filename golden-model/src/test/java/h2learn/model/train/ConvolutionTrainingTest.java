package h2learn.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.TestNetworks;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConvolutionTrainingTest {
    @Test
    void theWeightsDoNotDependOnTheNumberOfThreads() {
        Network network = network(Loss.MSE);
        MasterWeights one = train(network, 1);
        assertEquals(one, train(network, 3));
        assertTrue(!one.equals(MasterWeights.initial(network, TestNetworks.NARROW, 1)));
        assertArrayEquals(
                trainReference(network, 1).weight(0), trainReference(network, 3).weight(0));
    }

    /** Bars in one of four places: what no neuron without several pixels can tell apart. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void learnsBarsWithEveryOptionOn(Loss loss) {
        Network network = network(loss);
        FixedEngine engine =
                new FixedEngine(network, TestNetworks.NARROW, MasterWeights.initial(network, TestNetworks.NARROW, 1));
        ReferenceEngine reference = new ReferenceEngine(network, Parameters.initial(network, 1));
        assertTrue(accuracy(engine) > 0.9, "integer");
        assertTrue(accuracy(reference) > 0.9, "float");
    }

    private static double accuracy(TrainingEngine engine) {
        try (Workers workers = new Workers(1)) {
            List<Sample> samples = bars(160);
            List<EpochReport> reports = new Trainer(engine, workers, 1)
                    .train(samples.subList(0, 120), samples.subList(120, 160), 12, (e, d, n) -> {}, r -> {});
            return reports.get(reports.size() - 1).testAccuracy();
        }
    }

    private static MasterWeights train(Network network, int threads) {
        FixedEngine engine =
                new FixedEngine(network, TestNetworks.NARROW, MasterWeights.initial(network, TestNetworks.NARROW, 1));
        try (Workers workers = new Workers(threads)) {
            new Trainer(engine, workers, 1).train(bars(50), bars(4), 2, (e, d, n) -> {}, r -> {});
        }
        return engine.master();
    }

    private static Parameters trainReference(Network network, int threads) {
        ReferenceEngine engine = new ReferenceEngine(network, Parameters.initial(network, 1));
        try (Workers workers = new Workers(threads)) {
            new Trainer(engine, workers, 1).train(bars(50), bars(4), 2, (e, d, n) -> {}, r -> {});
        }
        return engine.parameters();
    }

    private static Network network(Loss loss) {
        Network.Neuron soft =
                new Network.Neuron(0.5, 0.5, 0.5, 1, Network.Reset.SOFT, true, Network.Surrogate.TRIANGLE);
        return new Network(
                "bars",
                "Tells bars apart.",
                new Network.Input(1, 8, 8, Network.Encoding.DIRECT, 8, 8, false),
                4,
                new Network.Neuron(0.5, 0.5, 0.5, 1),
                List.of(
                        new Conv2d(8, 3, 1, 1, true, 10, soft),
                        new Pool(Reduction.AVERAGE, 2, 2),
                        new Conv2d(8, 3, 1, 1, true, 10),
                        new Pool(Reduction.MAX, 2, 2),
                        new Dense(8, true, 9)),
                new Network.Classes(4, 2),
                new Training(10, 1, 0.3, 0.9, 2, 0.5, 0.0005, UpdateRounding.STOCHASTIC, 3, loss));
    }

    /** Horizontal or vertical bars in the first or second half of a noisy image. */
    private static List<Sample> bars(int count) {
        List<Sample> samples = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int label = index % 4;
            int place = (int) (CounterRandom.uniform(4, 0, index) * 4) + label / 2 * 4;
            int[] values = new int[64];
            for (int pixel = 0; pixel < 64; pixel++) {
                int line = label % 2 == 0 ? pixel / 8 : pixel % 8;
                int noise = (int) (CounterRandom.uniform(5, index, pixel) * 60);
                values[pixel] = line == place ? 255 - noise : noise;
            }
            samples.add(new Sample(values, label));
        }
        return samples;
    }
}
