package h2learn.data;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Samples that are encoded when they are asked for, each time the same: the spikes of a whole data set over all steps
 * would fill gigabytes.
 */
final class EncodedSamples extends AbstractList<Sample> implements RandomAccess {
    private final List<Sample> images;
    private final Code code;

    /** Encodes the image at an index; the same image and index give the same sample. */
    @FunctionalInterface
    interface Code {
        Sample sample(Sample image, int index);
    }

    EncodedSamples(List<Sample> images, Code code) {
        this.images = List.copyOf(images);
        this.code = code;
    }

    @Override
    public Sample get(int index) {
        return code.sample(images.get(index), index);
    }

    @Override
    public int size() {
        return images.size();
    }
}
