package h2learn.contract;

/** Why the command processor stopped: the CODE field of the ERROR register. */
public enum ErrorCode {
    NONE(0, "no error"),
    UNKNOWN_OPCODE(1, "the opcode is none of the accelerator's"),
    SAMPLES(2, "SAMPLES is 0 or more than the scratchpads hold"),
    STEPS(3, "STEPS is 0 or more than limits.steps"),
    PLANES(4, "PLANES is 0 or more than limits.inputPlanes, or OUTPUT_PLANES of a pool is 0 or more than 4"),
    POINTS(5, "the points of the output, SAMPLES * OUTPUT_HEIGHT * OUTPUT_WIDTH * STEPS, are more than limits.points"),
    GEOMETRY(6, "a height, a width or STRIDE is 0, or the kernel of a pool is not 2x2 or 3x3");

    private final int code;
    private final String meaning;

    ErrorCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
