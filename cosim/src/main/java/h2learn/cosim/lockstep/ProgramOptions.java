package h2learn.cosim.lockstep;

import h2learn.host.plan.MemoryLayout;

/**
 * How programs are run.
 *
 * @param stepByStep one command at a time, each compared; else all queues at work, each program compared
 * @param ringEntriesLog2 logarithm of the ring's length, at most that of a plan's ring
 * @param run when a run is given up, and who listens to it
 */
public record ProgramOptions(boolean stepByStep, int ringEntriesLog2, RunOptions run) {
    /** At full speed, the plan's ring. */
    public static ProgramOptions standard() {
        return new ProgramOptions(false, MemoryLayout.RING_ENTRIES_LOG2, RunOptions.STANDARD);
    }

    public ProgramOptions withStepByStep(boolean value) {
        return new ProgramOptions(value, ringEntriesLog2, run);
    }

    public ProgramOptions withRingEntriesLog2(int value) {
        return new ProgramOptions(stepByStep, value, run);
    }

    public ProgramOptions withRun(RunOptions value) {
        return new ProgramOptions(stepByStep, ringEntriesLog2, value);
    }
}
