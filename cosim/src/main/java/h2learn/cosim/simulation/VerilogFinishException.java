package h2learn.cosim.simulation;

/** The Verilog called {@code \$finish}. The model has ended: each further cycle throws this again. */
public final class VerilogFinishException extends SimulationException {
    private static final long serialVersionUID = 1L;

    VerilogFinishException(String message, long cycle) {
        super(message, cycle);
    }
}
