package h2learn.data;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens image data sets in the layout of MNIST: four IDX files in a folder. */
public final class DataSets {
    /** Where the Debian package dataset-fashion-mnist puts its files. */
    public static final Path DEBIAN_FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    private static final String EMBEDDED = "data/fashion-mnist-256-";
    /** Of the 256 embedded images, the first 192 are for training. */
    private static final int EMBEDDED_TRAIN = 192;

    private DataSets() {}

    /**
     * The data set in {@code folder}; without one, that of the Debian package dataset-fashion-mnist if installed, else
     * the embedded 256 images.
     *
     * @throws InvalidInputException naming the file that is missing or damaged
     */
    public static DataSet open(Optional<Path> folder) {
        if (folder.isPresent()) {
            return read(folder.get());
        }
        return Files.isDirectory(DEBIAN_FOLDER) ? read(DEBIAN_FOLDER) : embedded();
    }

    /** 256 images of Fashion-MNIST that come with the program: enough to show that learning works, not to measure it. */
    public static DataSet embedded() {
        IdxReader.Idx images = resource(EMBEDDED + "images.gz", 3);
        IdxReader.Idx labels = resource(EMBEDDED + "labels.gz", 1);
        List<Sample> samples = samples(images, labels, "embedded Fashion-MNIST");
        return new DataSet(
                "Fashion-MNIST (256 embedded images)",
                images.dimensions()[2],
                images.dimensions()[1],
                samples.subList(0, EMBEDDED_TRAIN),
                samples.subList(EMBEDDED_TRAIN, samples.size()));
    }

    private static DataSet read(Path folder) {
        IdxReader.Idx trainImages = IdxReader.read(file(folder, "train-images-idx3-ubyte"), 3);
        IdxReader.Idx testImages = IdxReader.read(file(folder, "t10k-images-idx3-ubyte"), 3);
        int height = trainImages.dimensions()[1];
        int width = trainImages.dimensions()[2];
        if (testImages.dimensions()[1] != height || testImages.dimensions()[2] != width) {
            throw new InvalidInputException(folder + ": its training and test images differ in size");
        }
        return new DataSet(
                String.valueOf(folder.getFileName()),
                width,
                height,
                samples(trainImages, labels(folder, "train-labels-idx1-ubyte"), folder + " (training)"),
                samples(testImages, labels(folder, "t10k-labels-idx1-ubyte"), folder + " (test)"));
    }

    private static IdxReader.Idx labels(Path folder, String name) {
        return IdxReader.read(file(folder, name), 1);
    }

    private static Path file(Path folder, String name) {
        Path gzipped = folder.resolve(name + ".gz");
        return Files.exists(gzipped) ? gzipped : folder.resolve(name);
    }

    private static IdxReader.Idx resource(String name, int dimensions) {
        try (InputStream stream = DataSets.class.getClassLoader().getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return IdxReader.read(stream, name, dimensions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Sample> samples(IdxReader.Idx images, IdxReader.Idx labels, String name) {
        int count = images.dimensions()[0];
        if (labels.dimensions()[0] != count) {
            throw new InvalidInputException(name + ": " + count + " images but " + labels.dimensions()[0]
                    + " labels; the files do not belong" + " together");
        }
        int pixels = images.dimensions()[1] * images.dimensions()[2];
        List<Sample> samples = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int[] values = new int[pixels];
            for (int pixel = 0; pixel < pixels; pixel++) {
                values[pixel] = images.bytes()[index * pixels + pixel] & 0xFF;
            }
            samples.add(new Sample(values, labels.bytes()[index] & 0xFF));
        }
        return samples;
    }
}
