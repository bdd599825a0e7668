package h2learn.cosim.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.train.RtlEngine.Options;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Activity;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training a network with a pool in the Verilog gives the fixed engine's weights, predictions and report. */
class PoolTrainingTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");

    private static Network network(Reduction reduction) {
        return new Network(
                "pool-training",
                "made by hand",
                new Input(2, 5, 6, Encoding.SPIKES, 1, 0, false),
                2,
                new Neuron(0.5, 0.05, 0.4, 1),
                List.of(new Conv2d(6, 1, 1, 0, true, 8), new Pool(reduction, 2, 2), new Dense(6, true, 8)),
                new Classes(3, 2),
                new Training(8, 1, 0.5, 1, 3));
    }

    private static List<Sample> samples(Network network) {
        Random random = new Random(1);
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < 8; sample++) {
            int[] values = random.ints(network.steps() * network.input().values(), 0, 2)
                    .toArray();
            samples.add(new Sample(values, sample % network.classes().count()));
        }
        return samples;
    }

    @ParameterizedTest
    @EnumSource
    void trainsAsTheFixedEngineDoes(Reduction reduction) {
        Network network = network(reduction);
        List<Sample> samples = samples(network);
        MasterWeights initial = MasterWeights.initial(network, TINY.formats(), 3);
        FixedEngine fixed = new FixedEngine(network, TINY.formats(), initial.copy());
        try (RtlEngine rtl = RtlEngine.open(network, TINY, initial, 3, Options.plain());
                Workers workers = new Workers(1)) {
            for (int step = 0; step < 3; step++) {
                assertAlike(fixed.step(samples, 0.5, workers), rtl.step(samples, 0.5, workers));
            }
            assertEquals(fixed.master(), rtl.master());
            assertEquals(samples.stream().map(fixed::predict).toList(), rtl.predict(samples));
        }
        assertFalse(initial.equals(fixed.master()), "nothing was learned");
    }

    private static void assertAlike(Activity expected, Activity got) {
        assertEquals(expected.meanLoss(), got.meanLoss());
        assertEquals(expected.accuracy(), got.accuracy());
        for (int layer = 0; layer < expected.layers(); layer++) {
            assertEquals(expected.spikeDensity(layer), got.spikeDensity(layer));
            assertEquals(expected.windowDensity(layer), got.windowDensity(layer));
            assertEquals(expected.gradientDensity(layer), got.gradientDensity(layer));
            assertEquals(expected.saturations(layer), got.saturations(layer));
            assertTrue(got.spikeDensity(layer) > 0, "no spike in layer " + layer);
        }
    }
}
