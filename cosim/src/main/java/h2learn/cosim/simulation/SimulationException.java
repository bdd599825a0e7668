package h2learn.cosim.simulation;

/** A simulation did not go on as asked. Its subclasses say why. */
public class SimulationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long cycle;

    SimulationException(String message, long cycle) {
        super(message + " (cycle " + cycle + ")");
        this.cycle = cycle;
    }

    /** How many clock cycles had ended when it happened. */
    public final long cycle() {
        return cycle;
    }
}
