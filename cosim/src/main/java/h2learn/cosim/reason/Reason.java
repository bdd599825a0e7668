package h2learn.cosim.reason;

/**
 * Why some things need not be complained of.
 *
 * @param <T> what is complained of
 */
public interface Reason<T> {
    /** Whether it is about this thing. */
    boolean covers(T thing);

    /** A sentence for a person. */
    String reason();

    /** Names it in messages. */
    String describe();
}
