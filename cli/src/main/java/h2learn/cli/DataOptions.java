package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.data.DataSet;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.data.event.EventDataSets;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where samples come from; the same options and seed give the same samples to every command and engine. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files of the data set, gzipped or not. Default: that of the Debian"
                    + " package dataset-fashion-mnist if installed, else 256 embedded images. Or recordings of an event"
                    + " camera: a folder of them (docs/08-exchange.md), moving-bars or moving-digits.")
    private @Nullable Path folder;

    @Option(
            names = "--camera",
            paramLabel = "WxH",
            description = "Pixels of the event camera, as 34x34. Default: those of the network's input.")
    private @Nullable String camera;

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

    /** The data set itself. */
    DataSet images() {
        return DataSets.open(folder());
    }

    /** The data set as the network reads it. */
    DataSet open(Network network) {
        if (folder != null && EventDataSets.isOne(folder.toString())) {
            return EventDataSets.forNetwork(folder.toString(), camera(), network, seed);
        }
        return encoded(images(), network, seed);
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

    static DataSet encoded(DataSet images, Network network, long seed) {
        return Encoder.encode(images, network, seed);
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
