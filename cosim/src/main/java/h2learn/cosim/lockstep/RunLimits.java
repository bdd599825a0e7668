package h2learn.cosim.lockstep;

import h2learn.contract.Register;
import h2learn.host.CommandPort;

/**
 * When a run is given up, with a {@link h2learn.host.TransportException}.
 *
 * @param cycleBudget clock cycles that the host waits for one handful of commands or one program
 * @param watchdogCycles clock cycles without any progress after which the accelerator stops; 0 for never
 */
public record RunLimits(long cycleBudget, int watchdogCycles) {
    /** Far more than anything takes. */
    public static final RunLimits STANDARD = new RunLimits(CommandPort.CYCLE_BUDGET, 1 << 20);

    /** Sets them in the accelerator behind a port; to be done after each reset. */
    void apply(CommandPort port) {
        port.cycleBudget(cycleBudget);
        port.write(Register.WATCHDOG, watchdogCycles);
    }
}
