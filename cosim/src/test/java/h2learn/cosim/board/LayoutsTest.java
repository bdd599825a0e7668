package h2learn.cosim.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.host.driver.ImageDriver;
import h2learn.host.image.ImageWriter;
import h2learn.host.image.NetworkImage;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.host.plan.TiledPlan;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Weights of convolutions, without biases and above pools, of networks in scratchpads and in tiles, read by both drivers. */
@Timeout(300)
class LayoutsTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");

    @TempDir
    private Path folder;

    @Test
    void inScratchpads() throws IOException {
        Network network = network(
                new Input(2, 5, 6, Encoding.SPIKES, 1, 0, false),
                new Conv2d(6, 3, 1, 1, true, 11),
                new Pool(Reduction.MAX, 2, 2),
                new Conv2d(5, 2, 1, 0, false, 11),
                new Dense(6, true, 10));
        assertFalse(isTiled(network));
        train(network);
    }

    @Test
    void inTiles() throws IOException {
        Network network = network(
                new Input(2, 20, 20, Encoding.SPIKES, 1, 0, false),
                new Conv2d(6, 3, 3, 1, false, 11),
                new Dense(6, true, 10));
        assertTrue(isTiled(network));
        train(network);
    }

    private static boolean isTiled(Network network) {
        return Plans.of(network, TINY, 2, Overlap.FULL) instanceof TiledPlan;
    }

    private static Network network(Input input, Layer... layers) {
        return new Network(
                "drawn",
                "made by hand",
                input,
                3,
                new Neuron(0.5, 0.05, 0.4, 1),
                List.of(layers),
                new Classes(3, 2),
                new Training(8, 1, 0.5, 1, 2));
    }

    private void train(Network network) throws IOException {
        Images images = Images.random(network, TINY, 2, 2);
        NetworkImage image = images.image();
        MasterWeights golden = images.golden();
        try (SimulatedBoard simulated = SimulatedBoard.open(TINY, 0x10_0000, image.memoryBytes(), 2)) {
            ImageDriver java = new ImageDriver(simulated.board(), TINY, image);
            java.open();
            for (int stage = 0; stage < image.stages().size(); stage++) {
                java.run(stage);
                assertEquals(Optional.empty(), java.verify(stage));
            }
            for (int layer = 0; layer < image.layers().size(); layer++) {
                int index = image.layers().get(layer).index();
                assertArrayEquals(golden.weight(index), java.weights(layer), "layer " + index);
                assertArrayEquals(golden.bias(index), java.biases(layer), "layer " + index);
            }
            Path library = DriverLibrary.library(TINY, folder);
            try (NativeDriver driver = new NativeDriver(
                    library,
                    simulated.board(),
                    ImageWriter.bytes(image),
                    () -> simulated.model().step(50),
                    0)) {
                assertNull(driver.selfTest());
                for (int layer = 0; layer < image.layers().size(); layer++) {
                    int index = image.layers().get(layer).index();
                    int[] weights = golden.weight(index);
                    int[] biases = golden.bias(index);
                    int[] expected = DriversTest.joined(weights, biases);
                    assertArrayEquals(expected, driver.weights(layer, weights.length, biases.length));
                }
            }
        }
    }
}
