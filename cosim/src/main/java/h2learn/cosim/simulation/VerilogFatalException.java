package h2learn.cosim.simulation;

/** The Verilog called {@code \$fatal}, or the model threw a C++ exception. The model is of no further use. */
public final class VerilogFatalException extends SimulationException {
    private static final long serialVersionUID = 1L;

    VerilogFatalException(String message, long cycle) {
        super(message, cycle);
    }
}
