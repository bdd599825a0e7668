package h2learn.cosim.lockstep;

import h2learn.contract.Register;
import h2learn.host.CommandPort;

/**
 * When a run is given up, with a {@link h2learn.host.TransportException}, and who listens to it.
 *
 * @param cycleBudget clock cycles that the host waits for one handful of commands or one program
 * @param watchdogCycles clock cycles without any progress after which the accelerator stops; 0 for never
 */
public record RunOptions(long cycleBudget, int watchdogCycles, LockStepListener listener) {
    /** Far more cycles than anything takes; nobody listens. */
    public static final RunOptions STANDARD = new RunOptions(CommandPort.CYCLE_BUDGET, 1 << 20, LockStepListener.NONE);

    public RunOptions withCycleBudget(long value) {
        return new RunOptions(value, watchdogCycles, listener);
    }

    public RunOptions withWatchdogCycles(int value) {
        return new RunOptions(cycleBudget, value, listener);
    }

    public RunOptions withListener(LockStepListener value) {
        return new RunOptions(cycleBudget, watchdogCycles, value);
    }

    /** Sets the limits in the accelerator behind a port; to be done after each reset. */
    void limit(CommandPort port) {
        port.cycleBudget(cycleBudget);
        port.write(Register.WATCHDOG, watchdogCycles);
    }
}
