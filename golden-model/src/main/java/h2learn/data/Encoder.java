package h2learn.data;

import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns images into the samples that a network reads. DIRECT: the pixels themselves, shifted right where the network
 * reads fewer than 8 bits. SPIKES: at each step each pixel spikes with probability pixel / 256.
 */
public final class Encoder {
    /** Stream of the encoder's random numbers; weights use the layers' indices, shuffling another one. */
    private static final long SPIKE_STREAM = 1L << 41;

    private static final int PIXEL_BITS = 8;

    private Encoder() {}

    /**
     * A data set as the network reads it; averaged 4x4 first when only that gives the network's values.
     *
     * @throws InvalidInputException when neither the images nor their averages have the network's values, or a label
     *     is no class of the network
     */
    public static DataSet encode(DataSet images, Network network, long seed) {
        int values = network.input().values();
        DataSet fitting = images;
        if (values * DataSet.POOL * DataSet.POOL == images.pixels()) {
            fitting = images.pooled();
        } else if (values != images.pixels()) {
            throw new InvalidInputException(images.name() + ": images of " + images.pixels()
                    + " pixels do not fit the network's input of " + values + " values");
        }
        if (network.input().signed()) {
            throw new InvalidInputException("input.signed: pixels are unsigned; use false");
        }
        return new DataSet(
                fitting.name(),
                fitting.width(),
                fitting.height(),
                encode(fitting.train(), network, seed, 0),
                encode(fitting.test(), network, seed, fitting.train().size()));
    }

    private static List<Sample> encode(List<Sample> images, Network network, long seed, int firstIndex) {
        List<Sample> samples = new ArrayList<>(images.size());
        for (int index = 0; index < images.size(); index++) {
            Sample image = images.get(index);
            if (image.label() >= network.classes().count()) {
                throw new InvalidInputException("label " + image.label() + " is none of the network's "
                        + network.classes().count() + " classes");
            }
            samples.add(
                    network.input().encoding() == Network.Encoding.DIRECT
                            ? direct(image, network.input().bits())
                            : spikes(image, network.steps(), seed, firstIndex + index));
        }
        return samples;
    }

    private static Sample direct(Sample image, int bits) {
        if (bits >= PIXEL_BITS) {
            return image;
        }
        int[] values = image.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] >>= PIXEL_BITS - bits;
        }
        return new Sample(values, image.label());
    }

    private static Sample spikes(Sample image, int steps, long seed, int sampleIndex) {
        int[] pixels = image.values();
        int[] values = new int[steps * pixels.length];
        for (int index = 0; index < values.length; index++) {
            long random = CounterRandom.bits(seed, SPIKE_STREAM + sampleIndex, index) >>> (64 - PIXEL_BITS);
            values[index] = random < pixels[index % pixels.length] ? 1 : 0;
        }
        return new Sample(values, image.label());
    }
}
