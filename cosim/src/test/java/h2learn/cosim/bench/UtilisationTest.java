package h2learn.cosim.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Engine;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.host.Driver.Counters;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The counters count what {@link Engine} says, and the engines keep their contract on masks of real training. */
class UtilisationTest {
    private static UtilisationReport measure(String networkName, String configName, int minibatches, int parts) {
        Network network = new NetworkReader().read(networkName);
        AcceleratorConfig config = new ConfigReader().read(configName);
        List<Sample> images = Encoder.encode(DataSets.embedded(), network, 1).train();
        try (Workers workers = new Workers(2)) {
            TrainedMasks masks = TrainedMasks.after(
                    minibatches,
                    network,
                    config,
                    images,
                    parts * config.limits().samples(),
                    1,
                    workers);
            return Utilisation.measure(network, config, masks.weights(), masks.next(), parts, 1);
        }
    }

    private static EngineUse use(UtilisationReport report, Engine engine, int layer) {
        return report.uses().stream()
                .filter(use -> use.engine() == engine && use.layer() == layer)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countersCountWhatTheyShould() {
        UtilisationReport report = measure("tiny-mlp", "tiny", 30, 3);
        // six samples are what the spike memory of tiny holds at a time
        assertEquals(18, report.samples());
        for (EngineUse use : report.uses()) {
            // What the tensors left to do is what the hardware did: nothing twice, nothing that could be skipped.
            assertEquals(use.needed(), use.counters().useful(), use.engine() + " of layer " + use.layer());
            assertTrue(use.overIdeal() >= 1, use.engine() + " is faster than possible");
        }
        long points = 18 * 4;
        Counters backward = use(report, Engine.BACKWARD, 1).counters();
        assertEquals(points, backward.items() + backward.skipped(), "points listed and skipped");
        assertTrue(backward.items() > 0);
        // 49 channels are 13 blocks of 4, 32 outputs are 8 blocks; the tables fill once a part.
        assertEquals(3 * 13 * 8, use(report, Engine.FORWARD, 0).counters().items(), "blocks filled");
        Counters gradient = use(report, Engine.WEIGHT_GRADIENT, 1).counters();
        assertEquals(points / 4 * 5, gradient.items() + gradient.skipped(), "blocks of points");
        assertEquals(points * 8, use(report, Engine.NEURON, 0).counters().items(), "words of neurons");
        assertTrue(report.densities().get(0).gradients() > 0);
        assertTrue(report.markdown().contains("| BACKWARD | 1 | " + backward.busy() + " |"), report.markdown());
    }

    @Test
    void fashionMlpOnBaseKeepsTheContract() {
        UtilisationReport report = measure("fashion-mlp", "base", 20, 2);
        assertEquals(List.of(), report.missed(), report.markdown());
    }

    @Test
    void brokenContractsAreNamed() {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = new ConfigReader().read("tiny");
        EngineUse slowForward = new EngineUse(Engine.FORWARD, 0, new Counters(1000, 949, 0, 0), null, 949, 949, 1, 64);
        EngineUse slowBackward =
                new EngineUse(Engine.BACKWARD, 1, new Counters(1260, 1000, 0, 0), null, 1000, 5000, 1, 0);
        UtilisationReport report =
                new UtilisationReport(network, config, 8, 8, List.of(slowForward, slowBackward), List.of());
        assertEquals(
                List.of(
                        "FORWARD of layer 0: 0.949 of its cycles are useful in the steady state, the contract is at least"
                                + " 0.95",
                        "BACKWARD of layer 1: 1.260 times the ideal cycles, the contract is at most 1.25"),
                report.missed());
    }

    @Test
    void tooFewSamplesAreRefused() {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = new ConfigReader().read("tiny");
        MasterWeights weights = MasterWeights.zero(network);
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> Utilisation.measure(network, config, weights, List.of(), 1, 1));
        assertEquals("one part has 6 samples, but only 0 are there", failure.getMessage());
    }
}
