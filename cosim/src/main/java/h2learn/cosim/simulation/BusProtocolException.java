package h2learn.cosim.simulation;

/** The slave broke a rule of AXI4-Lite. Transactions need a {@link Model#reset} first. */
public final class BusProtocolException extends SimulationException {
    private static final long serialVersionUID = 1L;

    BusProtocolException(String message, long cycle) {
        super(message, cycle);
    }
}
