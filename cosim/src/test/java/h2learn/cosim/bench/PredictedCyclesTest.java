package h2learn.cosim.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.bench.StepBench.Alone;
import h2learn.exchange.graph.RandomSamples;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predicted cycles of every engine on every named network, against the counters of the Verilog. */
class PredictedCyclesTest {
    @ParameterizedTest
    @CsvSource({
        "tiny-mlp, tiny, 5",
        "fashion-mlp, base, 3",
        "fashion-conv, base, 2",
        "event-conv, base, 2",
        "cifar-like, base, 1"
    })
    void areThoseCounted(String networkName, String configName, int minibatch) {
        Network network = new NetworkReader().read(networkName);
        AcceleratorConfig config = new ConfigReader().read(configName);
        MasterWeights weights = MasterWeights.initial(network, config.formats(), 1);
        long start = System.nanoTime();
        Alone alone = new StepBench(network, config, weights, RandomSamples.of(network, minibatch, 2)).measureAlone();
        alone.counters().forEach((engine, own) -> {
            long predicted = alone.predicted().getOrDefault(engine, 0L);
            System.out.printf("%s: %s counted %d, predicted %d%n", networkName, engine, own.busy(), predicted);
            assertEquals(own.busy(), predicted, networkName + ": " + engine);
        });
        System.out.printf("%.1f s%n", (System.nanoTime() - start) / 1e9);
    }
}
