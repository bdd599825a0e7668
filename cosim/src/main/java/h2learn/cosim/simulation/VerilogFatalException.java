package h2learn.cosim.simulation;

/**
 * The simulation itself could not go on, for example as a combinational loop did not settle, or the model threw a C++
 * exception. The model is of no further use, the process is unharmed.
 */
public final class VerilogFatalException extends SimulationException {
    private static final long serialVersionUID = 1L;

    VerilogFatalException(String message, long cycle) {
        super(message, cycle);
    }
}
