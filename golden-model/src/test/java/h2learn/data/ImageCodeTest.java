package h2learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImageCodeTest {
    @Test
    void rateSpreadsTheSpikesEvenly() {
        int[] pixels = {0, 64, 128, 255, 31, 33};
        int[] spikes = ImageCode.RATE.spikes(pixels, 4, 1, 1, 0);
        assertArrayEquals(new int[] {0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1}, spikes);
        for (int pixel = 0; pixel < 256; pixel++) {
            int count = Arrays.stream(ImageCode.RATE.spikes(new int[] {pixel}, 16, 1, 1, 0))
                    .sum();
            assertEquals((int) Math.floor(pixel * 16 / 256.0 + 0.5), count, "pixel " + pixel);
        }
    }

    @Test
    void thermometerFillsChannelsFromBelow() {
        assertArrayEquals(
                new int[] {0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1},
                ImageCode.THERMOMETER.spikes(new int[] {32, 33, 97, 255}, 1, 4, 1, 0));
    }

    @Test
    void poissonSpikesAsOftenAsThePixelIsBright() {
        int[] spikes = ImageCode.POISSON.spikes(new int[] {64, 192}, 4000, 1, 1, 0);
        double dark = 0;
        double bright = 0;
        for (int index = 0; index < spikes.length; index += 2) {
            dark += spikes[index];
            bright += spikes[index + 1];
        }
        assertEquals(0.25, dark / 4000, 0.03);
        assertEquals(0.75, bright / 4000, 0.03);
    }

    @Test
    void thermometerNeedsAMultipleOfTheImage() {
        DataSet images = new DataSet("two pixels", 2, 1, List.of(new Sample(new int[] {10, 250}, 0)), List.of());
        DataSet encoded = Encoder.encode(images, network(6), 1, ImageCoding.of(ImageCode.THERMOMETER));
        assertArrayEquals(
                new int[] {0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1},
                encoded.train().get(0).values());
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> Encoder.encode(images, network(5), 1, ImageCoding.of(ImageCode.THERMOMETER)))
                .getMessage();
        assertTrue(message.contains("images of 2x1 pixels do not fit"), message);
    }

    private static Network network(int inputs) {
        return new Network(
                "test",
                "A test network.",
                new Network.Input(inputs, Network.Encoding.SPIKES, 1, 0, false),
                2,
                new Network.Neuron(0.5, 0.5, 0.5, 1),
                List.of(new Network.Dense(2, true, 8)),
                new Network.Classes(2, 1),
                new Network.Training(1, 1, 0.5, 1, 1));
    }
}
