package h2learn.cosim.cases;

import h2learn.cosim.lockstep.Mismatch;
import org.jspecify.annotations.Nullable;

/** How a case ended. */
public sealed interface CaseResult {
    /**
     * Everything was equal.
     *
     * @param words 32-bit words compared, at least 1
     * @param cycles clock cycles, those in which the host moved data too
     */
    record Passed(long words, long cycles) implements CaseResult {}

    /**
     * Something went wrong.
     *
     * @param kind in which way
     * @param message what happened, in a sentence or some lines
     * @param mismatch the value that differs; null where the kind is another
     */
    record Failed(Kind kind, String message, @Nullable Mismatch mismatch) implements CaseResult {}

    /** What a failing case does; a smaller case that does the same shows the same fault, most likely. */
    enum Kind {
        /** Verilator refuses the Verilog. */
        BUILD,
        /** Verilog and golden model differ. */
        MISMATCH,
        /** The accelerator refuses a command, answers with an error, hangs or takes longer than it may. */
        STOPPED,
        /** An assertion fails, a bus protocol is broken, or the simulation ends by itself. */
        SIMULATION
    }
}
