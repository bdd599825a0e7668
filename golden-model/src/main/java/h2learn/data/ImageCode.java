package h2learn.data;

import h2learn.number.CounterRandom;

/** How the pixels of an image, 0..255, become spikes. */
public enum ImageCode {
    /** At each step a pixel spikes with probability pixel / 256, by seed. */
    POISSON,
    /** A pixel spikes floor(pixel * T / 256 + 1/2) times in T steps, as evenly as steps allow; without chance. */
    RATE,
    /**
     * A pixel has K channels, of which channel k spikes in every step when pixel > (2k + 1) * 128 / K: as many as the
     * pixel is bright. K is how many times the network's input is larger than the image.
     */
    THERMOMETER;

    /** Stream of the random numbers; weights use the layers' indices, shuffling another one. */
    private static final long SPIKE_STREAM = 1L << 41;

    private static final int PIXEL_BITS = 8;
    private static final int LEVELS = 1 << PIXEL_BITS;

    /**
     * The spikes of an image as [t][pixel][k], k being 0 but for THERMOMETER.
     *
     * @param channels of each pixel, 1 but for THERMOMETER
     * @param sampleIndex of the image in its data set
     */
    int[] spikes(int[] pixels, int steps, int channels, long seed, int sampleIndex) {
        int[] values = new int[steps * pixels.length * channels];
        for (int index = 0; index < values.length; index++) {
            int step = index / (pixels.length * channels);
            int pixel = pixels[index / channels % pixels.length];
            values[index] = switch (this) {
                case POISSON -> {
                    long random = CounterRandom.bits(seed, SPIKE_STREAM + sampleIndex, index) >>> (64 - PIXEL_BITS);
                    yield random < pixel ? 1 : 0;
                }
                case RATE -> {
                    // the count is what the pixel has earned so far, rounded; a spike when it grows
                    int before = (2 * pixel * step + LEVELS) / (2 * LEVELS);
                    int now = (2 * pixel * (step + 1) + LEVELS) / (2 * LEVELS);
                    yield now - before;
                }
                case THERMOMETER -> pixel * channels > (2 * (index % channels) + 1) * (LEVELS / 2) ? 1 : 0;
            };
        }
        return values;
    }
}
