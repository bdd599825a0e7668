package h2learn.contract;

/** Why the command processor stopped: the CODE field of the ERROR register. */
public enum ErrorCode {
    NONE(0, "no error"),
    UNKNOWN_OPCODE(1, "the opcode is none of the accelerator's"),
    SAMPLES(2, "SAMPLES is 0 or more than the scratchpads hold"),
    STEPS(3, "STEPS is 0 or more than limits.steps"),
    PLANES(4, "PLANES is 0 or more than limits.inputPlanes, or OUTPUT_PLANES of a pool is 0 or more than 4"),
    POINTS(5, "the points of the output, SAMPLES * OUTPUT_HEIGHT * OUTPUT_WIDTH * STEPS, are more than limits.points"),
    GEOMETRY(6, "a height, a width or STRIDE is 0, or the kernel of a pool is not 2x2 or 3x3"),
    SLVERR(7, "the external memory answered SLVERR; opcode 0 is the command ring"),
    DECERR(8, "the external memory answered DECERR: no memory lies at that address; opcode 0 is the command ring"),
    TRANSFER(
            9,
            "ROWS or ROW_WORDS is 0, the address or the stride is not a multiple of 4, or SCRATCHPAD is unknown or too small"),
    TOKENS(10, "more than 255 tokens wait between two queues"),
    RING(11, "RING_TAIL is further ahead of RING_HEAD than the ring has entries"),
    WATCHDOG(12, "nothing moved for as many cycles as WATCHDOG allows; QUEUE_STATE says which queue waits for what");

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

    /** What the CODE field says, also where it holds a code that this register map does not know. */
    public static String meaning(int code) {
        for (ErrorCode error : values()) {
            if (error.code == code) {
                return error.meaning;
            }
        }
        return "error code " + code + ", which this register map does not know";
    }
}
