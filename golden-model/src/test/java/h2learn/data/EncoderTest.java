package h2learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import h2learn.network.Network.Encoding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final int[] PIXELS =
            IntStream.range(0, 16).map(index -> index * 17).toArray();
    private static final DataSet IMAGES =
            new DataSet("images", 4, 4, List.of(new Sample(PIXELS, 1)), List.of(new Sample(PIXELS, 0)));

    @Test
    void directImagesAreThePixelsOrTheirTopBits() {
        assertArrayEquals(PIXELS, direct(16, 8, false).values());
        assertArrayEquals(PIXELS, direct(16, 10, false).values());
        assertArrayEquals(
                IntStream.of(PIXELS).map(pixel -> pixel / 32).toArray(),
                direct(16, 3, false).values());
    }

    @Test
    void imagesAreAveragedWhenOnlyThatFits() {
        // the mean of 0, 17, ..., 255 is 127.5
        assertArrayEquals(new int[] {127}, direct(1, 8, false).values());
    }

    @Test
    void aPixelSpikesWithTheProbabilityOfItsBrightness() {
        int steps = 4000;
        int[] values = Encoder.encode(IMAGES, network(Encoding.SPIKES, 16, 1, steps, false), 3)
                .train()
                .get(0)
                .values();
        assertEquals(steps * 16, values.length);
        for (int pixel = 0; pixel < 16; pixel++) {
            int spikes = 0;
            for (int step = 0; step < steps; step++) {
                spikes += values[step * 16 + pixel];
            }
            double probability = PIXELS[pixel] / 256.0;
            double deviation = Math.sqrt(probability * (1 - probability) / steps);
            assertEquals(probability, (double) spikes / steps, 5 * deviation, "pixel " + pixel);
        }
    }

    @Test
    void spikesDependOnSeedAndSampleAndNothingElse() {
        Network network = network(Encoding.SPIKES, 16, 1, 8, false);
        DataSet once = Encoder.encode(IMAGES, network, 3);
        int[] train = once.train().get(0).values();
        assertArrayEquals(
                train, Encoder.encode(IMAGES, network, 3).train().get(0).values());
        assertTrue(!Arrays.equals(train, once.test().get(0).values()));
        assertTrue(!Arrays.equals(
                train, Encoder.encode(IMAGES, network, 4).train().get(0).values()));
    }

    @Test
    void encodesASampleAsOftenAsAskedForAlwaysTheSame() {
        Network network = network(Encoding.SPIKES, 16, 1, 8, false);
        DataSet set = Encoder.encode(IMAGES, network, 3);
        assertNotSame(set.train().get(0).values(), set.train().get(0).values());
        assertArrayEquals(set.train().get(0).values(), set.train().get(0).values());
        assertArrayEquals(
                ImageCode.POISSON.spikes(PIXELS, 8, 1, 3, 1), set.test().get(0).values());
        assertEquals("images as poisson spikes", set.name());
    }

    @Test
    void thermometerTakesItsChannelsFromTheInputOrTheCode() {
        Network one = network(Encoding.SPIKES, 16, 1, 2, false);
        DataSet plain = Encoder.encode(IMAGES, one, 1, ImageCoding.parse("thermometer"));
        assertArrayEquals(
                ImageCode.THERMOMETER.spikes(PIXELS, 2, 1, 1, 0),
                plain.train().get(0).values());
        // 16 values are also 16 channels of the one pixel that remains when all are averaged
        DataSet averaged = Encoder.encode(IMAGES, one, 1, ImageCoding.parse("thermometer:16"));
        assertEquals("images averaged 4x4 as thermometer spikes in 16 channels a pixel", averaged.name());
        assertArrayEquals(
                ImageCode.THERMOMETER.spikes(new int[] {127}, 2, 16, 1, 0),
                averaged.train().get(0).values());
    }

    @Test
    void anImageIsNotReadAsOneOfAnotherShape() {
        Network.Input wide = new Network.Input(1, 2, 8, Encoding.SPIKES, 1, 0, false);
        assertEquals(
                "images: images of 4x4 pixels do not fit the network's input of 8x2 pixels of 1 channel(s) as poisson"
                        + " spikes; give images that do as data, or random",
                refusal(wide, "poisson"));
        Network.Input events = new Network.Input(2, 2, 8, Encoding.SPIKES, 1, 0, false);
        assertTrue(refusal(events, "rate").endsWith("moving-bars or moving-digits"));
    }

    @Test
    void codesAndNetworksThatDoNotGoTogetherAreRefused() {
        Network.Input spikes = new Network.Input(32, Encoding.SPIKES, 1, 0, false);
        Network.Input direct = new Network.Input(16, Encoding.DIRECT, 8, 0, false);
        assertEquals(
                "image code direct: network reader reads spikes; use poisson, rate or thermometer, or a network with"
                        + " input.encoding: direct",
                refusal(spikes, "direct"));
        assertEquals(
                "image code rate: makes spikes, but network reader reads the pixels themselves; use direct, or a"
                        + " network with input.encoding: spikes",
                refusal(direct, "rate"));
        assertEquals(
                "images: images of 4x4 pixels do not fit the network's input of 32 values as rate spikes; with image"
                        + " code thermometer they do",
                refusal(spikes, "rate"));
        assertTrue(refusal(spikes, "thermometer:3").contains("as thermometer:3 spikes"));
    }

    private static String refusal(Network.Input input, String code) {
        Network network = network(input, 2, 4);
        return assertThrows(
                        InvalidInputException.class, () -> Encoder.encode(IMAGES, network, 1, ImageCoding.parse(code)))
                .getMessage();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertEquals(
                "images: images of 4x4 pixels do not fit the network's input of 15 values; give images that do as data,"
                        + " or random",
                refusal(15, 2, false));
        assertEquals("input.signed: pixels are unsigned; use false", refusal(16, 2, true));
        assertEquals("label 1 is none of the network's 1 classes", refusal(16, 1, false));
    }

    private static String refusal(int channels, int classes, boolean signed) {
        Network network = network(Encoding.DIRECT, channels, 8, classes, 4, signed);
        return assertThrows(InvalidInputException.class, () -> Encoder.encode(IMAGES, network, 1))
                .getMessage();
    }

    private static Sample direct(int channels, int bits, boolean signed) {
        return Encoder.encode(IMAGES, network(Encoding.DIRECT, channels, bits, 4, signed), 1)
                .train()
                .get(0);
    }

    private static Network network(Encoding encoding, int channels, int bits, int steps, boolean signed) {
        return network(encoding, channels, bits, 2, steps, signed);
    }

    private static Network network(Encoding encoding, int channels, int bits, int classes, int steps, boolean signed) {
        return network(new Network.Input(channels, encoding, bits, 0, signed), classes, steps);
    }

    private static Network network(Network.Input input, int classes, int steps) {
        return new Network(
                "reader",
                "Reads images.",
                input,
                steps,
                new Network.Neuron(0.5, 0.25, 0.5, 1),
                List.of(new Network.Dense(classes, true, 6)),
                new Network.Classes(classes, 1),
                new Network.Training(8, 1, 0.5, 1, 1));
    }
}
