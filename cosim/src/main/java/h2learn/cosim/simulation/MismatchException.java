package h2learn.cosim.simulation;

/** A compared word differs; {@link #index}, {@link #expected} and {@link #got} tell which and how. */
public final class MismatchException extends BatchException {
    private static final long serialVersionUID = 1L;

    MismatchException(String message, NativeResult result) {
        super(message, result);
    }
}
