package h2learn.cosim.simulation;

/** The bus did not answer, or a polled register or a port did not take its value, within the cycle budget. After a bus
 * that did not answer, transactions need a {@link Model#reset} first. */
public final class SimulationTimeoutException extends BatchException {
    private static final long serialVersionUID = 1L;

    SimulationTimeoutException(String message, NativeResult result) {
        super(message, result);
    }
}
