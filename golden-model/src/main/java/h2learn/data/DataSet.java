package h2learn.data;

import h2learn.config.InvalidInputException;
import java.util.List;

/**
 * Labelled grey images as samples whose values are pixels, 0..255, row by row.
 *
 * @param name for people
 * @param width of an image in pixels
 * @param height of an image in pixels
 * @param train samples to train with
 * @param test samples to test with
 */
public record DataSet(String name, int width, int height, List<Sample> train, List<Sample> test) {
    /** Side of the squares that {@link #pooled} averages. */
    public static final int POOL = 4;

    public DataSet {
        train = unchanging(train);
        test = unchanging(test);
    }

    /** Encoded samples cannot be changed either, and a copy would encode them all. */
    private static List<Sample> unchanging(List<Sample> samples) {
        return samples instanceof EncodedSamples ? samples : List.copyOf(samples);
    }

    /** Pixels of an image. */
    public int pixels() {
        return width * height;
    }

    /**
     * The same images with each 4x4 square of pixels replaced by its mean, rounded down: 28x28 becomes 7x7.
     *
     * @throws InvalidInputException when width or height is no multiple of 4
     */
    public DataSet pooled() {
        if (width % POOL != 0 || height % POOL != 0) {
            throw new InvalidInputException(
                    name + ": images of " + width + "x" + height + " pixels cannot be averaged in 4x4 squares");
        }
        return new DataSet(
                name + " averaged 4x4",
                width / POOL,
                height / POOL,
                train.stream().map(this::pooled).toList(),
                test.stream().map(this::pooled).toList());
    }

    private Sample pooled(Sample image) {
        int[] sums = new int[pixels() / (POOL * POOL)];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                sums[row / POOL * (width / POOL) + column / POOL] += image.values()[row * width + column];
            }
        }
        for (int index = 0; index < sums.length; index++) {
            sums[index] /= POOL * POOL;
        }
        return new Sample(sums, image.label());
    }
}
