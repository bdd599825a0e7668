package h2learn.data;

import h2learn.config.InvalidInputException;
import h2learn.network.Network;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns images into the samples that a network reads. DIRECT: the pixels themselves, shifted right where the network
 * reads fewer than 8 bits. SPIKES: an {@link ImageCode}, by default each pixel spikes at each step with probability pixel
 * / 256.
 */
public final class Encoder {
    private static final int PIXEL_BITS = 8;

    private static final String NO_DATA = "; give images that do as data, or random";

    private Encoder() {}

    /** A data set as the network reads it, its pixels themselves or as POISSON spikes. */
    public static DataSet encode(DataSet images, Network network, long seed) {
        return encode(images, network, seed, ImageCoding.of(network));
    }

    /**
     * A data set as the network reads it; averaged 4x4 first when only that gives the network's values. Spikes depend on
     * nothing but the image, its place in the data set, the steps, the code and the seed.
     *
     * @param coding DIRECT where the network's input is DIRECT, else a code
     * @throws InvalidInputException when the network's input is of the other kind; when neither the images nor their
     *     averages have the network's values, with one channel a pixel or, with THERMOMETER, several; or when a label is
     *     no class of the network
     */
    public static DataSet encode(DataSet images, Network network, long seed, ImageCoding coding) {
        checkKind(network, coding);
        if (network.input().signed()) {
            throw new InvalidInputException("input.signed: pixels are unsigned; use false");
        }
        DataSet fitting = fitting(images, network, coding);
        checkLabels(fitting.train(), network);
        checkLabels(fitting.test(), network);
        Optional<ImageCode> code = coding.code();
        if (code.isEmpty()) {
            int bits = network.input().bits();
            return encoded(fitting, fitting.name(), (image, index) -> direct(image, bits));
        }
        int channels = network.input().values() / fitting.pixels();
        String name = fitting.name() + " as " + ImageCoding.of(code.get()).text() + " spikes"
                + (channels > 1 ? " in " + channels + " channels a pixel" : "");
        return encoded(
                fitting,
                name,
                (image, index) -> new Sample(
                        code.get().spikes(image.values(), network.steps(), channels, seed, index), image.label()));
    }

    /** Test samples are counted on from those to train with, so that no two share their random numbers. */
    private static DataSet encoded(DataSet images, String name, EncodedSamples.Code code) {
        int firstTest = images.train().size();
        return new DataSet(
                name,
                images.width(),
                images.height(),
                new EncodedSamples(images.train(), code),
                new EncodedSamples(images.test(), (image, index) -> code.sample(image, firstTest + index)));
    }

    private static void checkKind(Network network, ImageCoding coding) {
        boolean direct = network.input().encoding() == Network.Encoding.DIRECT;
        if (direct && coding.code().isPresent()) {
            throw new InvalidInputException("image code " + coding.text() + ": makes spikes, but network "
                    + network.name() + " reads the pixels themselves; use direct, or a network with input.encoding:"
                    + " spikes");
        }
        if (!direct && coding.code().isEmpty()) {
            throw new InvalidInputException("image code direct: network " + network.name()
                    + " reads spikes; use poisson, rate or thermometer, or a network with input.encoding: direct");
        }
    }

    private static void checkLabels(List<Sample> images, Network network) {
        for (Sample image : images) {
            if (image.label() >= network.classes().count()) {
                throw new InvalidInputException("label " + image.label() + " is none of the network's "
                        + network.classes().count() + " classes");
            }
        }
    }

    private static DataSet fitting(DataSet images, Network network, ImageCoding coding) {
        if (fits(images, 1, network, coding)) {
            return images;
        }
        if (fits(images, DataSet.POOL, network, coding)) {
            return images.pooled();
        }
        Network.Input input = network.input();
        throw new InvalidInputException(String.format(
                Locale.ROOT,
                "%s: images of %dx%d pixels do not fit the network's input of %s%s%s",
                images.name(),
                images.width(),
                images.height(),
                isImage(input)
                        ? input.width() + "x" + input.height() + " pixels of " + input.channels() + " channel(s)"
                        : input.values() + " values",
                coding.code().isPresent() ? " as " + coding.text() + " spikes" : "",
                hint(images, network, coding)));
    }

    private static String hint(DataSet images, Network network, ImageCoding coding) {
        if (coding.code().isEmpty()) {
            return NO_DATA;
        }
        ImageCoding thermometer = ImageCoding.of(ImageCode.THERMOMETER);
        if (fits(images, 1, network, thermometer) || fits(images, DataSet.POOL, network, thermometer)) {
            return "; with image code thermometer they do";
        }
        return isImage(network.input()) && network.input().channels() == 2
                ? "; it looks like that of an event camera: give recordings as data, or moving-bars or moving-digits"
                : NO_DATA;
    }

    /** Whether the images, {@code pool} x {@code pool} pixels averaged to one, have the network's values. */
    private static boolean fits(DataSet images, int pool, Network network, ImageCoding coding) {
        Network.Input input = network.input();
        if (images.width() % pool != 0 || images.height() % pool != 0) {
            return false;
        }
        int width = images.width() / pool;
        int height = images.height() / pool;
        if (isImage(input) && (input.width() != width || input.height() != height)) {
            return false;
        }
        int channels = input.values() / (width * height);
        int most = coding.code().equals(Optional.of(ImageCode.THERMOMETER)) ? ImageCoding.MOST_CHANNELS : 1;
        return channels * width * height == input.values()
                && channels >= 1
                && channels <= most
                && channels == coding.channels().orElse(channels);
    }

    private static boolean isImage(Network.Input input) {
        return input.width() * input.height() > 1;
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
}
