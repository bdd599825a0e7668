package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.data.DataSet;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.ImageCoding;
import h2learn.data.Sample;
import h2learn.data.event.EventDataSets;
import h2learn.exchange.graph.RandomSamples;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where samples come from; the same options and seed give the same samples to every command and engine. */
final class DataOptions {
    private static final String RANDOM = "random";
    private static final int RANDOM_TRAIN = 512;
    private static final int RANDOM_TEST = 128;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files of the data set, gzipped or not. Default: that of the Debian"
                    + " package dataset-fashion-mnist if installed, else 256 embedded images. Or recordings of an event"
                    + " camera: a folder of them (docs/08-exchange.md), moving-bars or moving-digits. Or random: noise that"
                    + " fits any network, to compare and to measure with, not to learn from.")
    private @Nullable Path folder;

    @Option(
            names = "--camera",
            paramLabel = "WxH",
            description = "Pixels of the event camera, as 34x34. Default: those of the network's input.")
    private @Nullable String camera;

    @Option(
            names = "--image-code",
            paramLabel = "CODE",
            description = "How a network whose input is spikes reads images: poisson (each pixel by chance, as often as"
                    + " it is bright), rate (as often, evenly and without chance), thermometer or thermometer:K (K"
                    + " channels a pixel, filled from below). direct: the pixels themselves, where the input is direct."
                    + " Default: poisson or direct, as the network's input is.")
    private @Nullable String imageCode;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fixes initial weights, order and encoding of the samples. Default: ${DEFAULT-VALUE}.")
    private long seed;

    long seed() {
        return seed;
    }

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** The data set as the network reads it. */
    DataSet open(Network network) {
        return bySeed(network).apply(seed);
    }

    /** The data set as the network reads it, for any seed. */
    LongFunction<DataSet> bySeed(Network network) {
        if (folder != null && folder.toString().equals(RANDOM)) {
            if (imageCode != null || camera != null) {
                throw new InvalidInputException((imageCode != null ? "--image-code" : "--camera")
                        + ": random samples are as the network reads them; leave it out");
            }
            return each -> random(network, each);
        }
        if (folder != null && EventDataSets.isOne(folder.toString())) {
            if (imageCode != null) {
                throw new InvalidInputException(
                        "--image-code: recordings of an event camera are spikes already; leave" + " it out");
            }
            String source = folder.toString();
            List<Integer> size = camera();
            return each -> EventDataSets.forNetwork(source, size, network, each);
        }
        if (camera != null) {
            throw new InvalidInputException("--camera: is for recordings of an event camera, not for images; leave it"
                    + " out, or give recordings with --data");
        }
        ImageCoding coding = coding(network);
        DataSet images = DataSets.open(folder());
        return each -> Encoder.encode(images, network, each, coding);
    }

    private static DataSet random(Network network, long seed) {
        List<Sample> samples = RandomSamples.of(network, RANDOM_TRAIN + RANDOM_TEST, seed);
        Network.Input input = network.input();
        return new DataSet(
                "random samples",
                input.width(),
                input.height(),
                samples.subList(0, RANDOM_TRAIN),
                samples.subList(RANDOM_TRAIN, samples.size()));
    }

    /** Refuses options that say something about data where there are none. */
    void checkUnused() {
        if (imageCode != null || camera != null) {
            throw new InvalidInputException((imageCode != null ? "--image-code" : "--camera")
                    + ": needs data, but samples without --data are random; give --data, or leave it out");
        }
    }

    /** The options given that are about data, --seed left out, for the command that repeats a run. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (folder != null) {
            words.addAll(List.of("--data", folder.toString()));
        }
        if (camera != null) {
            words.addAll(List.of("--camera", camera));
        }
        if (imageCode != null) {
            words.addAll(List.of("--image-code", imageCode));
        }
        return words;
    }

    private ImageCoding coding(Network network) {
        if (imageCode == null) {
            return ImageCoding.of(network);
        }
        try {
            return ImageCoding.parse(imageCode);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("--image-code: " + e.getMessage());
        }
    }

    private List<Integer> camera() {
        if (camera == null) {
            return List.of();
        }
        if (!camera.matches("[1-9]\\d{0,3}x[1-9]\\d{0,3}")) {
            throw new InvalidInputException("--camera: " + camera + " is no size; write width x height, as 34x34");
        }
        int cross = camera.indexOf('x');
        return List.of(Integer.valueOf(camera.substring(0, cross)), Integer.valueOf(camera.substring(cross + 1)));
    }

    /** The first {@code count} samples. */
    static List<Sample> first(List<Sample> samples, int count, String option, String of) {
        if (count > samples.size()) {
            throw new InvalidInputException(option + ": " + count + " is more than the " + samples.size()
                    + " samples of " + of + "; use at most " + samples.size());
        }
        return samples.subList(0, count);
    }

    /** Refuses a number that is too small, in a sentence. */
    static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new InvalidInputException(option + ": " + value + " is too small; use at least " + least);
        }
    }
}
