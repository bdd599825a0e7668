package h2learn.data.event;

import h2learn.config.InvalidInputException;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Data sets of spike frames, from folders of recordings or made by a seed. */
public final class EventDataSets {
    private static final long SPLIT_STREAM = (1L << 42) - 1;
    private static final int SYNTHETIC_TRAIN = 1000;
    private static final int SYNTHETIC_TEST = 200;
    private static final double TEST_SHARE = 0.2;
    private static final int MAXIMUM_RECORDINGS = 1 << 20;
    private static final int MAXIMUM_VALUES = 1 << 28;

    private EventDataSets() {}

    /**
     * Reads recordings that lie in folders by class: {@code train/CLASS/FILE} and {@code test/CLASS/FILE} (as N-MNIST's
     * {@code Train} and {@code Test}), or {@code CLASS/FILE}, of which a share is kept for testing; or side by side with a
     * {@link LabelFile} each. Class folders are numbered in the order of their names, numbers before words.
     *
     * @param testShare of each recording that is in no {@code train} or {@code test} folder to be one to test with, above
     *     0 and below 1
     * @param seed of that choice
     * @throws InvalidInputException naming the file that is missing, damaged or beyond the camera
     */
    public static DataSet read(Path folder, SpikeFrames frames, double testShare, long seed) {
        Optional<Path> train = child(folder, "train");
        Optional<Path> test = child(folder, "test");
        List<Sample> trainSamples;
        List<Sample> testSamples;
        if (train.isPresent() && test.isPresent()) {
            List<String> classes = names(train.get());
            trainSamples = samples(train.get(), classes, frames);
            testSamples = samples(test.get(), classes, frames);
        } else {
            List<Sample> all = LabelFile.isBeside(children(folder))
                    ? labelled(folder, frames)
                    : samples(folder, names(folder), frames);
            List<List<Sample>> parts = split(all, testShare, seed);
            trainSamples = parts.get(0);
            testSamples = parts.get(1);
        }
        return dataSet(String.valueOf(folder.getFileName()), frames, trainSamples, testSamples);
    }

    /** Recordings of {@link SyntheticEvents}: the first {@code train} to train with, the next {@code test} to test. */
    public static DataSet synthetic(SyntheticEvents.Figure figure, int train, int test, int steps, long seed) {
        SpikeFrames frames = new SpikeFrames(SyntheticEvents.SIDE, SyntheticEvents.SIDE, steps, 1, 1);
        return synthetic(figure, train, test, frames, seed);
    }

    private static DataSet synthetic(
            SyntheticEvents.Figure figure, int train, int test, SpikeFrames frames, long seed) {
        List<Sample> samples = new ArrayList<>();
        for (int number = 0; number < train + test; number++) {
            EventList events = SyntheticEvents.recording(figure, seed, number);
            samples.add(frames.sample(events, number % figure.classes(), "recording " + number));
        }
        return dataSet(
                "moving " + figure.name().toLowerCase(Locale.ROOT),
                frames,
                samples.subList(0, train),
                samples.subList(train, samples.size()));
    }

    /**
     * The data set that a network reads: frames of its steps and its input's size.
     *
     * @param source {@code moving-bars} or {@code moving-digits}, else the path of a folder as for {@link #read}
     * @param camera width and height in pixels of the camera; empty when they are the input's
     * @throws InvalidInputException when the network reads no spikes of two channels, of another size, or has too few
     *     classes
     */
    public static DataSet forNetwork(String source, List<Integer> camera, Network network, long seed) {
        Network.Input input = network.input();
        if (input.encoding() != Network.Encoding.SPIKES || input.channels() != SpikeFrames.POLARITIES) {
            throw new InvalidInputException("input: events are spikes of 2 channels, but network " + network.name()
                    + " reads " + input.channels() + " channel(s), "
                    + input.encoding().name().toLowerCase(Locale.ROOT) + "; use encoding spikes and channels 2");
        }
        int width = camera.isEmpty() ? input.width() : camera.get(0);
        int height = camera.isEmpty() ? input.height() : camera.get(1);
        Optional<SyntheticEvents.Figure> figure = figure(source);
        if (figure.isPresent()) {
            width = SyntheticEvents.SIDE;
            height = SyntheticEvents.SIDE;
        }
        SpikeFrames frames = new SpikeFrames(width, height, network.steps(), Math.max(1, width / input.width()), 1);
        if (frames.columns() != input.width() || frames.rows() != input.height()) {
            throw new InvalidInputException(source + ": frames of a camera of " + width + "x" + height
                    + " pixels do not become the " + input.width() + "x" + input.height() + " of network "
                    + network.name() + "; give the camera's size, or the network that of the camera or a part of it");
        }
        DataSet set = figure.isPresent()
                ? synthetic(figure.get(), SYNTHETIC_TRAIN, SYNTHETIC_TEST, frames, seed)
                : read(Path.of(source), frames, TEST_SHARE, seed);
        Stream.concat(set.train().stream(), set.test().stream())
                .filter(sample -> sample.label() >= network.classes().count())
                .findFirst()
                .ifPresent(sample -> {
                    throw new InvalidInputException("label " + sample.label() + " is none of the network's "
                            + network.classes().count() + " classes");
                });
        return set;
    }

    /** Whether {@link #forNetwork} takes this source: a made set's name or a folder without image files. */
    public static boolean isOne(String source) {
        Path folder = Path.of(source);
        return figure(source).isPresent()
                || (Files.isDirectory(folder)
                        && children(folder).stream()
                                .noneMatch(file -> file.toString().contains("-ubyte")));
    }

    private static Optional<SyntheticEvents.Figure> figure(String source) {
        return Arrays.stream(SyntheticEvents.Figure.values())
                .filter(figure -> source.equals("moving-" + figure.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Shuffles by seed and cuts: first the part to train with, then the one to test with. */
    static List<List<Sample>> split(List<Sample> samples, double testShare, long seed) {
        if (!(testShare > 0 && testShare < 1)) {
            throw new InvalidInputException("test share " + testShare + " is not between 0 and 1; give 0.2, say");
        }
        int[] order = CounterRandom.permutation(seed, SPLIT_STREAM, samples.size());
        int test = Math.max(1, (int) Math.rint(samples.size() * testShare));
        List<Sample> shuffled = new ArrayList<>();
        for (int index : order) {
            shuffled.add(samples.get(index));
        }
        if (test >= samples.size()) {
            throw new InvalidInputException(samples.size() + " recordings cannot be split by " + testShare
                    + " into some to train with and some to test with; record more");
        }
        return List.of(shuffled.subList(test, shuffled.size()), shuffled.subList(0, test));
    }

    private static List<Sample> labelled(Path folder, SpikeFrames frames) {
        List<Sample> samples = new ArrayList<>();
        for (Path file : children(folder)) {
            Path labels = LabelFile.of(file);
            if (EventReader.isOne(file) && Files.exists(labels)) {
                EventList events = EventReader.read(file);
                for (LabelFile.Span span : LabelFile.read(labels)) {
                    String name = file + " from " + span.start();
                    samples.add(frames.sample(events.between(span.start(), span.end()), span.label(), name));
                    limit(folder, samples.size(), frames);
                }
            }
        }
        return samples;
    }

    private static void limit(Path folder, int samples, SpikeFrames frames) {
        if ((long) samples * frames.steps() * frames.values() > MAXIMUM_VALUES) {
            throw new InvalidInputException(folder + ": its frames make more than " + MAXIMUM_VALUES
                    + " values; shrink them, use fewer steps or fewer recordings");
        }
    }

    private static DataSet dataSet(String name, SpikeFrames frames, List<Sample> train, List<Sample> test) {
        return new DataSet(name, frames.columns(), frames.rows(), train, test);
    }

    private static List<Sample> samples(Path folder, List<String> classes, SpikeFrames frames) {
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path own = folder.resolve(classes.get(label));
            if (!Files.isDirectory(own)) {
                throw new InvalidInputException(own + ": no such folder, though the training set has this class");
            }
            for (Path file : children(own)) {
                if (EventReader.isOne(file)) {
                    samples.add(frames.sample(EventReader.read(file), label, file.toString()));
                    limit(folder, samples.size(), frames);
                }
            }
        }
        if (samples.isEmpty()) {
            throw new InvalidInputException(
                    folder + ": holds no recordings; lay .bin, .aedat or .npy files into a folder for each class");
        }
        return samples;
    }

    private static List<String> names(Path folder) {
        List<String> names = new ArrayList<>();
        for (Path child : children(folder)) {
            if (Files.isDirectory(child)) {
                names.add(String.valueOf(child.getFileName()));
            }
        }
        names.sort(Comparator.comparingInt(EventDataSets::number).thenComparing(Comparator.naturalOrder()));
        return names;
    }

    /** A number's value; words come after all numbers. */
    private static int number(String name) {
        return name.matches("\\d{1,9}") ? Integer.parseInt(name) : Integer.MAX_VALUE;
    }

    private static Optional<Path> child(Path folder, String name) {
        return children(folder).stream()
                .filter(Files::isDirectory)
                .filter(path -> String.valueOf(path.getFileName()).equalsIgnoreCase(name))
                .findFirst();
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(folder + ": no such folder");
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().limit(MAXIMUM_RECORDINGS).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException(folder + ": cannot be read: " + e.getMessage());
        }
    }
}
