package h2learn.cosim.scenario;

/** An accelerator did not do what it must; the message says what. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ScenarioException(String message) {
        super(message);
    }

    static void check(boolean good, String what) {
        if (!good) {
            throw new ScenarioException(what);
        }
    }

    static void checkEqual(long expected, long got, String what) {
        if (expected != got) {
            throw new ScenarioException(String.format("%s is 0x%X, not 0x%X", what, got, expected));
        }
    }
}
