package h2learn.model.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.ConfigReader;
import h2learn.data.DataSet;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.TestNetworks;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Network NETWORK = new NetworkReader().read("tiny-mlp");
    private static final Formats FORMATS = new ConfigReader().read("tiny").formats();
    private static final DataSet DATA = Encoder.encode(DataSets.embedded(), NETWORK, 1);

    private record Run(List<EpochReport> reports, MasterWeights master, Parameters parameters) {}

    @Test
    void theIntegerModelTrainsTheSameOnAnyNumberOfThreads() {
        Run one = fixed(1, 2);
        for (int threads = 2; threads <= 3; threads++) {
            Run more = fixed(threads, 2);
            assertEquals(one.master(), more.master(), threads + " threads");
            assertSame(one.reports(), more.reports());
        }
    }

    @Test
    void theFloatModelTrainsTheSameOnAnyNumberOfThreads() {
        Run one = reference(1, 2);
        for (int threads = 2; threads <= 3; threads++) {
            Run more = reference(threads, 2);
            for (int layer = 0; layer < 2; layer++) {
                assertArrayEquals(
                        one.parameters().weight(layer), more.parameters().weight(layer));
                assertArrayEquals(
                        one.parameters().bias(layer), more.parameters().bias(layer));
            }
            assertSame(one.reports(), more.reports());
        }
    }

    /** 192 images are few: smaller minibatches and a slower decay than the network's own make 20 epochs enough. */
    @Test
    void bothModelsLearnTheEmbeddedImages() {
        Network network = TestNetworks.withTraining(NETWORK, new Network.Training(16, 20, 0.6, 0.95, 1));
        TrainingEngine fixed = new FixedEngine(network, FORMATS, MasterWeights.initial(network, FORMATS, 1));
        TrainingEngine reference = new ReferenceEngine(network, Parameters.initial(network, 1));
        for (TrainingEngine engine : List.of(fixed, reference)) {
            List<EpochReport> reports = train(engine, 2, 20);
            Activity first = reports.get(0).training();
            Activity last = reports.get(19).training();
            assertTrue(last.meanLoss() < 0.5 * first.meanLoss(), first.meanLoss() + " to " + last.meanLoss());
            assertTrue(last.accuracy() > 0.7, "training accuracy " + last.accuracy());
            assertTrue(
                    reports.get(19).testAccuracy() > 0.6,
                    "test accuracy " + reports.get(19).testAccuracy());
        }
    }

    @Test
    void theReportsCountEpochsSamplesAndFallingLearningRates() {
        List<EpochReport> handed = new ArrayList<>();
        List<String> progress = new ArrayList<>();
        FixedEngine engine = new FixedEngine(NETWORK, FORMATS, MasterWeights.initial(NETWORK, FORMATS, 1));
        List<EpochReport> reports;
        try (Workers workers = new Workers(1)) {
            reports = new Trainer(engine, workers, 1)
                    .train(
                            DATA.train().subList(0, 70),
                            List.of(),
                            2,
                            (epoch, done, all) -> progress.add(epoch + ":" + done + "/" + all),
                            handed::add);
        }
        assertEquals(reports, handed);
        assertEquals(List.of(1, 2), reports.stream().map(EpochReport::epoch).toList());
        assertEquals(0.6, reports.get(0).learningRate());
        assertEquals(0.6 * 0.8, reports.get(1).learningRate());
        assertEquals(70, reports.get(1).training().samples());
        assertEquals(0, reports.get(1).testAccuracy());
        assertEquals(List.of("1:32/70", "1:64/70", "1:70/70", "2:32/70", "2:64/70", "2:70/70"), progress);
    }

    @Test
    void eachEpochHasItsOwnOrder() {
        int[] first = Trainer.order(3, 1, 100);
        assertArrayEquals(first, Trainer.order(3, 1, 100));
        assertTrue(!Arrays.equals(first, Trainer.order(3, 2, 100)));
        assertTrue(!Arrays.equals(first, Trainer.order(4, 1, 100)));
        assertArrayEquals(
                IntStream.range(0, 100).toArray(), Arrays.stream(first).sorted().toArray());
    }

    @Test
    void theLastStepIsKeptOnlyWhenAskedForAndHoldsTheWeightsBeforeIt() {
        FixedEngine engine = new FixedEngine(NETWORK, FORMATS, MasterWeights.initial(NETWORK, FORMATS, 1));
        List<Sample> samples = DATA.train().subList(0, 5);
        try (Workers workers = new Workers(1)) {
            engine.step(samples, 0.5, workers);
            assertTrue(engine.lastStep().isEmpty());
            engine.keepLastStep();
            MasterWeights before = engine.master().copy();
            engine.step(samples, 0.5, workers);
            assertEquals(before, engine.lastStep().orElseThrow().master());
            assertTrue(!before.equals(engine.master()));
            assertEquals(samples, engine.lastStep().orElseThrow().samples());
        }
    }

    @Test
    void aFailureOfOneThreadIsNotLost() {
        try (Workers workers = new Workers(3)) {
            IllegalStateException failure = assertThrows(
                    IllegalStateException.class,
                    () -> workers.forEach(10, index -> {
                        if (index == 7) {
                            throw new ArithmeticException("seven");
                        }
                    }));
            assertEquals("seven", String.valueOf(failure.getCause().getMessage()));
        }
        assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    }

    /** Neuron 0 spikes at both steps with its window open, neuron 1 is silent and open: FixedModelTest's case by hand. */
    @Test
    void activityCountsSpikesWindowsGradientsAndHits() {
        Network network = TestNetworks.withNeuron(
                new Network(
                        "hand",
                        "By hand.",
                        new Network.Input(1, Network.Encoding.DIRECT, 8, 8, false),
                        2,
                        new Network.Neuron(0.5, 0.5, 0.5, 1),
                        List.of(new Network.Dense(2, false, 6)),
                        new Network.Classes(2, 1),
                        new Network.Training(2, 1, 0.25, 1, 1)),
                new Network.Neuron(0.5, 0.5, 0.5, 1));
        MasterWeights master = MasterWeights.zero(network);
        master.weight(0)[0] = 64 << 8;
        master.weight(0)[1] = 16 << 8;
        FixedEngine engine = new FixedEngine(network, TestNetworks.NARROW, master);
        Activity activity;
        try (Workers workers = new Workers(2)) {
            // label 1: a miss with loss 1; label 0: a hit with loss 0 and no gradients
            activity = engine.step(List.of(new Sample(new int[] {192}, 1), new Sample(new int[] {192}, 0)), 0, workers);
        }
        assertEquals(2, activity.samples());
        assertEquals(0.5, activity.accuracy());
        assertEquals(0.5, activity.meanLoss());
        assertEquals(0.5, activity.spikeDensity(0));
        assertEquals(1.0, activity.windowDensity(0));
        assertEquals(0.5, activity.gradientDensity(0));
        assertEquals(0, activity.saturations(0));
        Activity twice = new Activity(network);
        assertEquals(0, twice.accuracy());
        twice.add(activity);
        twice.add(activity);
        assertEquals(4, twice.samples());
        assertEquals(0.5, twice.gradientDensity(0));
    }

    private static void assertSame(List<EpochReport> expected, List<EpochReport> actual) {
        for (int epoch = 0; epoch < expected.size(); epoch++) {
            Activity left = expected.get(epoch).training();
            Activity right = actual.get(epoch).training();
            assertEquals(left.meanLoss(), right.meanLoss());
            assertEquals(left.accuracy(), right.accuracy());
            assertEquals(expected.get(epoch).testAccuracy(), actual.get(epoch).testAccuracy());
            for (int layer = 0; layer < left.layers(); layer++) {
                assertEquals(left.spikeDensity(layer), right.spikeDensity(layer));
                assertEquals(left.windowDensity(layer), right.windowDensity(layer));
                assertEquals(left.gradientDensity(layer), right.gradientDensity(layer));
                assertEquals(left.saturations(layer), right.saturations(layer));
            }
        }
    }

    private static Run fixed(int threads, int epochs) {
        MasterWeights master = MasterWeights.initial(NETWORK, FORMATS, 1);
        return new Run(
                train(new FixedEngine(NETWORK, FORMATS, master), threads, epochs), master, new Parameters(NETWORK));
    }

    private static Run reference(int threads, int epochs) {
        Parameters parameters = Parameters.initial(NETWORK, 1);
        List<EpochReport> reports = train(new ReferenceEngine(NETWORK, parameters), threads, epochs);
        return new Run(reports, MasterWeights.zero(NETWORK), parameters);
    }

    private static List<EpochReport> train(TrainingEngine engine, int threads, int epochs) {
        try (Workers workers = new Workers(threads)) {
            return new Trainer(engine, workers, 1)
                    .train(DATA.train(), DATA.test(), epochs, (epoch, done, all) -> {}, report -> {});
        }
    }
}
