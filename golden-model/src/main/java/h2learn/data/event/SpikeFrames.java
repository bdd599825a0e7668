package h2learn.data.event;

import h2learn.config.InvalidInputException;
import h2learn.data.Sample;

/**
 * Turns recordings into samples: time is cut into bins of equal length, and a channel of a pixel spikes in a bin when
 * events of its polarity fell there.
 *
 * @param width of the camera in pixels
 * @param height of the camera in pixels
 * @param steps bins T
 * @param shrink side of the squares of pixels that become one, 1 to keep them
 * @param least events that make a spike, at least 1
 */
public record SpikeFrames(int width, int height, int steps, int shrink, int least) {
    /** Darker and brighter. */
    public static final int POLARITIES = 2;

    private static final int LARGEST_SIDE = 1 << 15;
    private static final long LARGEST_SPIKES = 1L << 25;

    public SpikeFrames {
        long spikes = (long) width * height * steps;
        if (width > LARGEST_SIDE || height > LARGEST_SIDE || steps > LARGEST_SIDE || spikes > LARGEST_SPIKES) {
            throw new InvalidInputException("frames of " + width + "x" + height + " pixels in " + steps
                    + " steps are more than " + LARGEST_SPIKES + " values of a polarity; use fewer steps");
        }
        if (shrink < 1 || width < shrink || height < shrink || steps < 1 || least < 1) {
            throw new InvalidInputException("frames of " + width + "x" + height + " pixels in " + steps
                    + " steps, shrunk by " + shrink + ", a spike from " + least
                    + " events: each must be at least 1, and shrink at most a side");
        }
    }

    /** Columns of a frame. */
    public int columns() {
        return width / shrink;
    }

    /** Rows of a frame. */
    public int rows() {
        return height / shrink;
    }

    /** Values of a frame, [y][x][polarity]. */
    public int values() {
        return columns() * rows() * POLARITIES;
    }

    /**
     * The spikes of a recording as [t][y][x][polarity]; pixels beyond the last whole square are left out.
     *
     * @param file what errors call it
     * @throws InvalidInputException when there is no event or one beyond the camera
     */
    public Sample sample(EventList events, int label, String file) {
        if (events.count() == 0) {
            throw new InvalidInputException(file + ": holds no event; leave it out");
        }
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int event = 0; event < events.count(); event++) {
            first = Math.min(first, events.time(event));
            last = Math.max(last, events.time(event));
        }
        // a file's clock may be anything: doubles cannot overflow
        double binLength = ((double) last - first + 1) / steps;
        int[] counts = new int[steps * values()];
        for (int event = 0; event < events.count(); event++) {
            int x = events.x(event);
            int y = events.y(event);
            if (x >= width || y >= height) {
                throw new InvalidInputException(file + ": event " + event + " is at (" + x + ", " + y
                        + "), beyond a camera of " + width + "x" + height + " pixels; give the camera's size");
            }
            int bin = (int) Math.min(steps - 1, ((double) events.time(event) - first) / binLength);
            if (x / shrink < columns() && y / shrink < rows()) {
                counts[((bin * rows() + y / shrink) * columns() + x / shrink) * POLARITIES + events.polarity(event)]++;
            }
        }
        for (int index = 0; index < counts.length; index++) {
            counts[index] = counts[index] >= least ? 1 : 0;
        }
        return new Sample(counts, label);
    }
}
