package h2learn.rtl.layer;

import h2learn.contract.CommandField;

/**
 * What follows from a command's fields by multiplication, once a command. Spike words lie
 * {@code [sample][row][column][step][plane][block]}, trace words {@code [sample][row][column][step][block]}; a pitch is
 * the distance of neighbours in words. Each value is the product of two earlier ones or fields, computed in this order.
 */
public enum Geometry {
    /** Output positions of a sample. */
    AREA(CommandField.OUTPUT_HEIGHT, CommandField.OUTPUT_WIDTH),
    /** Input words of one step of one position. */
    STEP_PITCH(CommandField.INPUT_BLOCKS, CommandField.PLANES),
    /** Output words of one position. */
    OUTPUT_PITCH(CommandField.OUTPUT_BLOCKS, CommandField.STEPS),
    /** Output points of one row of the output; a static input has one a position. */
    ROW_POINTS(CommandField.OUTPUT_WIDTH, CommandField.STEPS, true),
    /** Output positions of all samples. */
    POSITIONS(AREA, CommandField.SAMPLES),
    /** Output points of one sample; a static input has one a position. */
    SAMPLE_POINTS(AREA),
    /** Input words of one position: all its steps, or one where the input is static. */
    PITCH(STEP_PITCH),
    /** Output positions times steps. */
    POINTS(POSITIONS, CommandField.STEPS),
    ROW_PITCH(PITCH, CommandField.INPUT_WIDTH),
    /** Weight blocks of one kernel row of one output block. */
    ROW_TAPS(CommandField.INPUT_BLOCKS, CommandField.KERNEL_WIDTH),
    SAMPLE_PITCH(ROW_PITCH, CommandField.INPUT_HEIGHT),
    /** Weight blocks of one output block. */
    TAPS(ROW_TAPS, CommandField.KERNEL_HEIGHT),
    /** Input distance of neighbouring output positions of a row. */
    COLUMN_STRIDE(PITCH, CommandField.STRIDE),
    /** Input distance of neighbouring output rows. */
    ROW_STRIDE(ROW_PITCH, CommandField.STRIDE),
    /** How far the padded image begins before the image, along a row and along a column. */
    COLUMN_ORIGIN(PITCH, CommandField.PADDING),
    ROW_ORIGIN(ROW_PITCH, CommandField.TOP_PADDING),
    /** Weight blocks between the taps that one input position takes from neighbouring output positions. */
    TAP_STRIDE(CommandField.INPUT_BLOCKS, CommandField.STRIDE),
    ROW_TAP_STRIDE(ROW_TAPS, CommandField.STRIDE);

    /** Width of every value: memories are smaller than 2^24 words. */
    public static final int BITS = 24;

    private final Enum<?> left;
    private final CommandField right;
    private final boolean timesInputSteps;

    Geometry(CommandField left, CommandField right) {
        this(left, right, false);
    }

    Geometry(Geometry left, CommandField right) {
        this(left, right, false);
    }

    /** Times the steps of the input: 1 where it is static. */
    Geometry(Geometry left) {
        this(left, CommandField.STEPS, true);
    }

    Geometry(Enum<?> left, CommandField right, boolean timesInputSteps) {
        this.left = left;
        this.right = right;
        this.timesInputSteps = timesInputSteps;
    }

    /** The first factor, a {@link CommandField} or a {@link Geometry} at least two places before. */
    Enum<?> left() {
        return left;
    }

    CommandField right() {
        return right;
    }

    /** Whether the second factor is 1 for a static input. */
    boolean timesInputSteps() {
        return timesInputSteps;
    }
}
