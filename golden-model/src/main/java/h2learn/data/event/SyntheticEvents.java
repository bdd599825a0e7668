package h2learn.data.event;

import h2learn.number.CounterRandom;

/** Recordings of a camera that nobody owns: bars and digits that move, the same for the same seed. */
public final class SyntheticEvents {
    /** Side of the camera in pixels. */
    public static final int SIDE = 16;
    /** Length of a recording in microseconds. */
    public static final long DURATION = 100_000;

    /** Positions that the figure passes. */
    private static final int MOMENTS = 20;
    /** Events of noise a recording, on average. */
    private static final int NOISE = 12;

    private static final long STREAM = 1L << 42;
    private static final int BAR_LENGTH = 10;
    private static final int BAR_WIDTH = 3;
    private static final int DIGIT_SCALE = 2;
    /** Rows of digits of 3x5 pixels, the left pixel the highest bit. */
    private static final int[][] DIGITS = {
        {7, 5, 5, 5, 7}, {2, 6, 2, 2, 7}, {7, 1, 7, 4, 7}, {7, 1, 3, 1, 7}, {5, 5, 7, 1, 1},
        {7, 4, 7, 1, 7}, {7, 4, 7, 5, 7}, {7, 1, 2, 2, 2}, {7, 5, 7, 5, 7}, {7, 5, 7, 1, 7}
    };

    private SyntheticEvents() {}

    /** What moves. */
    public enum Figure {
        /** The class is the direction: right, left, down, up. */
        BARS(4),
        /** The class is the digit; it moves to and fro as under the three movements of N-MNIST's camera. */
        DIGITS(10);

        private final int classes;

        Figure(int classes) {
            this.classes = classes;
        }

        public int classes() {
            return classes;
        }
    }

    /**
     * One recording.
     *
     * @param number of the recording; its class is number modulo the classes
     */
    public static EventList recording(Figure figure, long seed, int number) {
        long stream = STREAM + number;
        int label = number % figure.classes();
        EventList events = new EventList(1024);
        boolean[] before = new boolean[SIDE * SIDE];
        int shiftX = below(seed, stream, 0, 5) - 2;
        int shiftY = below(seed, stream, 1, 5) - 2;
        for (int moment = 0; moment <= MOMENTS; moment++) {
            boolean[] now = figure == Figure.BARS
                    ? bar(label, moment, figure == Figure.BARS && label < 2 ? shiftY : shiftX)
                    : digit(label, moment, shiftX, shiftY);
            long start = moment * DURATION / (MOMENTS + 1);
            for (int pixel = 0; pixel < now.length; pixel++) {
                if (now[pixel] != before[pixel]) {
                    long jitter = below(seed, stream, 1000L + (long) moment * now.length + pixel, 2000);
                    events.add(pixel % SIDE, pixel / SIDE, start + jitter, now[pixel]);
                }
            }
            before = now;
        }
        int noise = below(seed, stream, 2, 2 * NOISE + 1);
        for (int index = 0; index < noise; index++) {
            long counter = 100L + 4L * index;
            events.add(
                    below(seed, stream, counter, SIDE),
                    below(seed, stream, counter + 1, SIDE),
                    below(seed, stream, counter + 2, (int) DURATION),
                    below(seed, stream, counter + 3, 2) == 1);
        }
        return events;
    }

    private static boolean[] bar(int direction, int moment, int shift) {
        boolean[] image = new boolean[SIDE * SIDE];
        int along = moment * (SIDE + BAR_WIDTH) / MOMENTS - BAR_WIDTH;
        int position = direction % 2 == 0 ? along : SIDE - BAR_WIDTH - along;
        int from = (SIDE - BAR_LENGTH) / 2 + shift;
        for (int thick = 0; thick < BAR_WIDTH; thick++) {
            for (int length = 0; length < BAR_LENGTH; length++) {
                int x = direction < 2 ? position + thick : from + length;
                int y = direction < 2 ? from + length : position + thick;
                set(image, x, y);
            }
        }
        return image;
    }

    private static boolean[] digit(int digit, int moment, int shiftX, int shiftY) {
        boolean[] image = new boolean[SIDE * SIDE];
        int third = MOMENTS / 3;
        int leg = Math.min(2, moment / (third + 1));
        int within = moment - leg * (third + 1);
        int x = (leg == 0 ? within : leg == 1 ? third - within / 2 : third / 2 - within / 2) / 2;
        int y = (leg == 0 ? within : leg == 1 ? third - within : 0) / 2;
        for (int row = 0; row < DIGITS[digit].length * DIGIT_SCALE; row++) {
            for (int column = 0; column < 3 * DIGIT_SCALE; column++) {
                if ((DIGITS[digit][row / DIGIT_SCALE] >> (2 - column / DIGIT_SCALE) & 1) != 0) {
                    set(image, 4 + shiftX + x + column, 3 + shiftY + y + row);
                }
            }
        }
        return image;
    }

    private static void set(boolean[] image, int x, int y) {
        if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) {
            image[y * SIDE + x] = true;
        }
    }

    private static int below(long seed, long stream, long counter, int bound) {
        return (int) (CounterRandom.uniform(seed, stream, counter) * bound);
    }
}
