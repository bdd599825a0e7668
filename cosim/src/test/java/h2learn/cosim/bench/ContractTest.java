package h2learn.cosim.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.data.Sample;
import h2learn.exchange.graph.RandomSamples;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of the contract and of the harness' speed, on the smallest accelerator. */
class ContractTest {
    private static final int SAMPLES = 12;

    private final Network network = new NetworkReader().read("tiny-mlp");
    private final AcceleratorConfig config = new ConfigReader().read("tiny");
    private final MasterWeights weights = MasterWeights.initial(network, config.formats(), 1);
    private final List<Sample> samples = RandomSamples.of(network, SAMPLES, 2);

    @Test
    void linesThatMissAreNamedAndOthersAreNot() {
        Contract contract =
                Contract.measure(network, config, new Contract.Setup(weights, weights, samples, 1, SAMPLES, 1));
        String text = contract.markdown();
        long no = text.lines().filter(line -> line.endsWith("| **no** |")).count();
        assertEquals(no, contract.missed().size(), text);
        // Random samples leave more than a fifteenth of the multiplications.
        assertTrue(contract.gain() > 1 && contract.gain() < 15, text);
        assertTrue(
                contract.missed().stream().anyMatch(line -> line.contains("without skips / with both")),
                () -> String.join("\n", contract.missed()));
        assertTrue(
                contract.missed().stream().noneMatch(line -> line.contains("prediction")),
                () -> String.join("\n", contract.missed()));
    }

    @Test
    void theReplayHasTheSameOutputsAndEveryRoundThreeRates() {
        CosimSpeed.Report report = new CosimSpeed(network, config, weights, samples).measure(2);
        assertEquals(2, report.rounds().size());
        assertTrue(report.words() > 0 && report.cycles() > 0, report.markdown());
        for (CosimSpeed.Round round : report.rounds()) {
            assertTrue(round.lockStep() > 0 && round.harness() > 0 && round.loop() > 0, report.markdown());
        }
    }
}
