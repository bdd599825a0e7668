package h2learn.cosim.simulation;

/**
 * The model broke a rule: of AXI4-Lite as the {@link Bus}'s slave, or of AXI4 as the master of its
 * {@link ExternalMemory}. Transactions need a {@link Model#reset} first.
 */
public final class BusProtocolException extends SimulationException {
    private static final long serialVersionUID = 1L;

    BusProtocolException(String message, long cycle) {
        super(message, cycle);
    }
}
