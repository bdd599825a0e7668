package h2learn.data;

import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns images into the samples that a network reads. DIRECT: the pixels themselves, shifted right where the network
 * reads fewer than 8 bits. SPIKES: an {@link ImageCode}, by default each pixel spikes at each step with probability pixel
 * / 256.
 */
public final class Encoder {
    private static final int PIXEL_BITS = 8;

    private Encoder() {}

    /**
     * A data set as the network reads it; averaged 4x4 first when only that gives the network's values.
     *
     * @throws InvalidInputException when neither the images nor their averages have the network's values, or a label
     *     is no class of the network
     */
    public static DataSet encode(DataSet images, Network network, long seed) {
        return encode(images, network, seed, ImageCode.POISSON);
    }

    /**
     * The same with a code of one's choice where the network reads spikes. THERMOMETER takes as many channels of each
     * pixel as the network's input has more values than an image.
     */
    public static DataSet encode(DataSet images, Network network, long seed, ImageCode code) {
        int values = network.input().values();
        DataSet fitting = images;
        boolean several = code == ImageCode.THERMOMETER && values % images.pixels() == 0;
        if (several) {
            values = images.pixels();
        }
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
                encode(fitting.train(), network, seed, code, 0),
                encode(fitting.test(), network, seed, code, fitting.train().size()));
    }

    private static List<Sample> encode(
            List<Sample> images, Network network, long seed, ImageCode code, int firstIndex) {
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
                            : spikes(image, network, seed, code, firstIndex + index));
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

    private static Sample spikes(Sample image, Network network, long seed, ImageCode code, int sampleIndex) {
        int channels = network.input().values() / image.values().length;
        return new Sample(code.spikes(image.values(), network.steps(), channels, seed, sampleIndex), image.label());
    }
}
