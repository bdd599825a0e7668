package h2learn.cosim.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.config.ConfigReader;
import h2learn.host.image.ImageReader;
import h2learn.host.image.ImageWriter;
import h2learn.host.image.NetworkImage;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C driver trains fashion-mlp in the Verilog of {@code base}, and ends with the golden model's weights. */
class NativeTrainingTest {
    private static final int CYCLES_BETWEEN_LOOKS = 500;

    @TempDir
    private Path folder;

    @Test
    void aHundredSamples() throws IOException {
        Images images = Images.of(new NetworkReader().read("fashion-mlp"), new ConfigReader().read("base"), 2, 50);
        Path file = folder.resolve("fashion-mlp.h2image");
        ImageWriter.write(images.image(), file);
        NetworkImage image = ImageReader.read(file);
        MasterWeights golden = images.golden();
        Path library = DriverLibrary.library(images.config(), folder);
        try (SimulatedBoard simulated = SimulatedBoard.open(images.config(), 0x1000_0000, image.memoryBytes(), 9);
                NativeDriver driver = new NativeDriver(
                        library,
                        simulated.board(),
                        Files.readAllBytes(file),
                        () -> simulated.model().step(CYCLES_BETWEEN_LOOKS),
                        0)) {
            driver.open();
            driver.load();
            assertEquals(2, driver.steps());
            for (int step = 0; step < driver.steps(); step++) {
                driver.step(step);
                driver.verify();
            }
            driver.finish();
            driver.verify();
            for (int layer = 0; layer < golden.layers(); layer++) {
                int[] weights = golden.weight(layer);
                int[] biases = golden.bias(layer);
                assertArrayEquals(
                        DriversTest.joined(weights, biases),
                        driver.weights(layer, weights.length, biases.length),
                        "layer " + layer);
            }
        }
    }
}
