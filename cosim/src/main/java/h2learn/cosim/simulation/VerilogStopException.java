package h2learn.cosim.simulation;

/**
 * The Verilog called {@code $stop} or {@code $fatal}, or an assertion failed (Verilator does not tell them apart); the
 * message holds what it printed. The model is of no further use, the process is unharmed.
 */
public final class VerilogStopException extends SimulationException {
    private static final long serialVersionUID = 1L;

    VerilogStopException(String message, long cycle) {
        super(message, cycle);
    }
}
