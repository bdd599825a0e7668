package h2learn.cosim.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Engine;
import h2learn.cosim.train.RtlEngine.Options;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.host.PlacementException;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Activity;
import h2learn.model.train.EpochReport;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.Trainer;
import h2learn.model.train.TrainingEngine;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training in the Verilog gives what the golden model gives: weights, report, predictions; on real images. */
class RtlEngineTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final AcceleratorConfig BASE = new ConfigReader().read("base");
    private static final Network SMALL = new NetworkReader().read("tiny-mlp");
    private static final Network FASHION = new NetworkReader().read("fashion-mlp");

    private static List<Sample> images(Network network) {
        return Encoder.encode(DataSets.embedded(), network, 1).train();
    }

    private static MasterWeights initial(Network network, AcceleratorConfig config, int seed) {
        return MasterWeights.initial(network, config.formats(), seed);
    }

    private static List<EpochReport> train(TrainingEngine engine, List<Sample> train, List<Sample> test, int epochs) {
        try (Workers workers = new Workers(2)) {
            return new Trainer(engine, workers, 1).train(train, test, epochs, (epoch, done, all) -> {}, report -> {});
        }
    }

    private static void assertAlike(Activity expected, Activity got) {
        assertEquals(expected.samples(), got.samples());
        assertEquals(expected.meanLoss(), got.meanLoss());
        assertEquals(expected.accuracy(), got.accuracy());
        for (int layer = 0; layer < expected.layers(); layer++) {
            assertEquals(expected.spikeDensity(layer), got.spikeDensity(layer));
            assertEquals(expected.windowDensity(layer), got.windowDensity(layer));
            assertEquals(expected.gradientDensity(layer), got.gradientDensity(layer));
            assertEquals(expected.saturations(layer), got.saturations(layer));
            assertTrue(got.gradientDensity(layer) > 0, "no gradient in layer " + layer);
        }
    }

    @Test
    void trainsAsTheFixedEngineDoes() {
        List<Sample> train = images(SMALL).subList(0, 144);
        List<Sample> test = images(SMALL).subList(144, 192);
        MasterWeights weights = initial(SMALL, TINY, 3);
        FixedEngine fixed = new FixedEngine(SMALL, TINY.formats(), weights.copy());
        List<EpochReport> expected = train(fixed, train, test, 3);
        try (RtlEngine rtl = RtlEngine.open(SMALL, TINY, weights, 3, Options.plain())) {
            assertEquals(weights, rtl.master());
            List<EpochReport> got = train(rtl, train, test, 3);
            for (int epoch = 0; epoch < expected.size(); epoch++) {
                assertAlike(expected.get(epoch).training(), got.get(epoch).training());
                assertEquals(expected.get(epoch).testAccuracy(), got.get(epoch).testAccuracy());
            }
            assertEquals(fixed.master(), rtl.master());
            assertEquals(test.stream().map(fixed::predict).toList(), rtl.predict(test));
            assertTrue(got.get(2).training().meanLoss() < got.get(0).training().meanLoss(), "the loss does not fall");
            assertEquals(0, rtl.comparedWords());
            assertTrue(rtl.cycles() > rtl.counters().get(Engine.FORWARD).busy());
        }
        assertFalse(weights.equals(fixed.master()), "nothing was learned");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void lockStepFindsNoDifference(int seed) {
        List<Sample> samples = images(SMALL);
        MasterWeights weights = initial(SMALL, TINY, seed);
        FixedEngine fixed = new FixedEngine(SMALL, TINY.formats(), weights.copy());
        Options options = Options.lockStep("h2learn cosim --network tiny-mlp --config tiny --seed " + seed);
        try (RtlEngine rtl = RtlEngine.open(SMALL, TINY, weights, seed, options);
                Workers workers = new Workers(1)) {
            for (int from = 0; from < 60; from += 20) {
                List<Sample> minibatch = samples.subList(10 * seed + from, 10 * seed + from + 20);
                assertAlike(fixed.step(minibatch, 0.6, workers), rtl.step(minibatch, 0.6, workers));
            }
            assertEquals(fixed.predict(samples.get(seed)), rtl.predict(samples.get(seed)));
            assertTrue(rtl.comparedWords() > 10_000);
            assertEquals(fixed.master(), rtl.master());
        }
    }

    @Test
    void trainsFashionMlpOnBase() {
        List<Sample> samples = images(FASHION);
        MasterWeights weights = initial(FASHION, BASE, 1);
        FixedEngine fixed = new FixedEngine(FASHION, BASE.formats(), weights.copy());
        Options options = Options.lockStep("h2learn cosim --network fashion-mlp --config base --seed 1");
        try (RtlEngine rtl = RtlEngine.open(FASHION, BASE, weights, 1, options);
                Workers workers = new Workers(2)) {
            double before = 0;
            double after = 0;
            for (int step = 0; step < 3; step++) {
                List<Sample> minibatch = samples.subList(20 * step, 20 * step + 20);
                Activity got = rtl.step(minibatch, 0.6, workers);
                assertAlike(fixed.step(minibatch, 0.6, workers), got);
                before = step == 0 ? got.meanLoss() : before;
                after = got.meanLoss();
            }
            assertEquals(fixed.master(), rtl.master());
            assertTrue(after < before, "the loss went from " + before + " to " + after);
        }
    }

    @Test
    void trainsFashionConvOnBase() {
        Network network = new NetworkReader().read("fashion-conv");
        List<Sample> minibatch = images(network).subList(0, 4);
        MasterWeights weights = initial(network, BASE, 1);
        FixedEngine fixed = new FixedEngine(network, BASE.formats(), weights.copy());
        Options options = Options.lockStep("h2learn cosim --network fashion-conv --config base --seed 1");
        try (RtlEngine rtl = RtlEngine.open(network, BASE, weights, 1, options);
                Workers workers = new Workers(2)) {
            assertAlike(fixed.step(minibatch, 0.6, workers), rtl.step(minibatch, 0.6, workers));
            assertEquals(fixed.master(), rtl.master());
            assertTrue(rtl.comparedWords() > 500_000);
        }
        assertFalse(weights.equals(fixed.master()), "nothing was learned");
    }

    @Test
    void networksThatDoNotFitAreRefused() {
        MasterWeights weights = initial(FASHION, TINY, 1);
        PlacementException failure = assertThrows(
                PlacementException.class, () -> RtlEngine.open(FASHION, TINY, weights, 1, Options.plain()));
        assertTrue(failure.getMessage().contains("fashion-mlp"), failure.getMessage());
    }

    @Test
    void closesOnceAndRefusesFurtherUse() {
        RtlEngine rtl = RtlEngine.open(SMALL, TINY, initial(SMALL, TINY, 1), 1, Options.plain());
        rtl.close();
        rtl.close();
        IllegalStateException failure = assertThrows(IllegalStateException.class, rtl::master);
        assertEquals("the simulation is closed", failure.getMessage());
    }
}
