package h2learn.cosim.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.train.RtlEngine.Options;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.host.PlacementException;
import h2learn.host.plan.PipelinedPlan;
import h2learn.host.plan.TiledPlan;
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
import h2learn.network.NetworkReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training through external memory gives the fixed engine's weights, predictions and, as far as known, report. */
class MemoryTrainingTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final Network SMALL = new NetworkReader().read("tiny-mlp");
    private static final double LEARNING_RATE = 0.5;

    /** One sample has more trace words than the tiny accelerator, and more points than one of its commands. */
    private static Network large(Reduction reduction) {
        return new Network(
                "large",
                "made by hand",
                new Input(2, 12, 12, Encoding.SPIKES, 1, 0, false),
                2,
                new Neuron(0.5, 0.05, 0.4, 1),
                List.of(new Conv2d(6, 3, 1, 1, true, 8), new Pool(reduction, 2, 2), new Dense(6, true, 8)),
                new Classes(3, 2),
                new Training(5, 1, 0.5, 1, 3));
    }

    private static List<Sample> samples(Network network, int count) {
        Random random = new Random(1);
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            int[] values = random.ints((long) network.steps() * network.input().values(), 0, 2)
                    .toArray();
            samples.add(new Sample(values, sample % network.classes().count()));
        }
        return samples;
    }

    /** Nothing but a density of the accelerator's may be unknown; the rest is alike. */
    private static int assertAlike(Activity expected, Activity got) {
        assertEquals(expected.samples(), got.samples());
        assertEquals(expected.meanLoss(), got.meanLoss());
        assertEquals(expected.accuracy(), got.accuracy());
        int known = 0;
        for (int layer = 0; layer < expected.layers(); layer++) {
            double[][] densities = {
                {expected.spikeDensity(layer), got.spikeDensity(layer)},
                {expected.windowDensity(layer), got.windowDensity(layer)},
                {expected.gradientDensity(layer), got.gradientDensity(layer)}
            };
            for (double[] density : densities) {
                if (!Double.isNaN(density[1])) {
                    assertEquals(density[0], density[1], "layer " + layer);
                    known++;
                }
            }
            assertEquals(expected.saturations(layer), got.saturations(layer), "saturations of layer " + layer);
        }
        return known;
    }

    /** @param known densities that can be read back */
    private static void train(Network network, List<Sample> samples, RtlEngine rtl, FixedEngine fixed, int known) {
        assertEquals(fixed.master(), rtl.master());
        MasterWeights before = fixed.master().copy();
        int size = network.training().minibatch();
        try (Workers workers = new Workers(1)) {
            for (int from = 0; from < samples.size(); from += size) {
                List<Sample> minibatch = samples.subList(from, Math.min(samples.size(), from + size));
                Activity expected = fixed.step(minibatch, LEARNING_RATE, workers);
                assertEquals(known, assertAlike(expected, rtl.step(minibatch, LEARNING_RATE, workers)));
                assertEquals(fixed.master(), rtl.master());
            }
        }
        assertNotEquals(before, fixed.master(), "nothing was learned");
        assertEquals(samples.stream().map(fixed::predict).toList(), rtl.predict(samples));
    }

    @ParameterizedTest
    @CsvSource({"AVERAGE, false", "MAX, false", "AVERAGE, true", "MAX, true"})
    void networksThatAreTooLargeTrainInTiles(Reduction reduction, boolean lockStep) {
        Network network = large(reduction);
        assertEquals(Through.MEMORY, Through.of(network, TINY));
        assertThrows(PlacementException.class, () -> Through.SCRATCHPADS.check(network, TINY));
        MasterWeights initial = MasterWeights.initial(network, TINY.formats(), 2);
        FixedEngine fixed = new FixedEngine(network, TINY.formats(), initial.copy());
        Options options = lockStep ? Options.lockStep("repeat") : Options.plain();
        try (RtlEngine rtl = RtlEngine.open(network, TINY, initial, 3, options)) {
            assertInstanceOf(TiledPlan.class, rtl.plan().orElseThrow());
            // Of three layers s and h, and gu of all but the first, which is never read again.
            train(network, samples(network, 8), rtl, fixed, lockStep ? 9 : 8);
            assertEquals(lockStep, rtl.comparedWords() > 10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void networksThatFitAreTrainedByAllEnginesAtOnce(boolean lockStep) {
        assertEquals(Through.SCRATCHPADS, Through.of(SMALL, TINY));
        MasterWeights initial = MasterWeights.initial(SMALL, TINY.formats(), 2);
        FixedEngine fixed = new FixedEngine(SMALL, TINY.formats(), initial.copy());
        Options options = (lockStep ? Options.lockStep("repeat") : Options.plain()).withThrough(Through.MEMORY);
        List<Sample> images =
                Encoder.encode(DataSets.embedded(), SMALL, 1).train().subList(0, 72);
        try (RtlEngine rtl = RtlEngine.open(SMALL, TINY, initial, 3, options)) {
            assertInstanceOf(PipelinedPlan.class, rtl.plan().orElseThrow());
            train(SMALL, images, rtl, fixed, lockStep ? 6 : 1);
            assertTrue(rtl.overlap() > 0, "the engines never worked at once");
            assertEquals(lockStep, rtl.comparedWords() > 10_000);
        }
    }

    @Test
    void networksThatFitNeitherWayAreRefused() {
        Network fashion = new NetworkReader().read("fashion-mlp");
        for (Through through : Through.values()) {
            assertThrows(PlacementException.class, () -> through.check(fashion, TINY));
        }
        PlacementException refusal = assertThrows(PlacementException.class, () -> Through.of(fashion, TINY));
        assertTrue(refusal.getMessage().contains("even in the smallest tiles"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("one sample at a time"), refusal.getMessage());
    }
}
