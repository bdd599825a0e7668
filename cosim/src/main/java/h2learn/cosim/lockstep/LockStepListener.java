package h2learn.cosim.lockstep;

import h2learn.contract.Command;
import org.jspecify.annotations.Nullable;

/** Hears of what a run in lock-step does, and changes nothing of it. */
public interface LockStepListener {
    /** Hears nothing. */
    LockStepListener NONE = new LockStepListener() {};

    /** A command is about to be run by both sides. */
    default void command(Command command) {}

    /** Whether {@link #compared} is to be called: words are then read, not only compared. */
    default boolean wantsWords() {
        return false;
    }

    /**
     * 32-bit words of both sides were compared; they may differ, and the run then ends.
     *
     * @param what wrote them, for example a command or a tensor's name
     * @param space that they lie in, for example {@code SPIKE}
     * @param first index of the first of them in that space
     * @param masks bits that are compared in each; all of them when null
     */
    default void compared(
            String what, String space, long first, int[] golden, int[] simulated, int @Nullable [] masks) {}
}
