package h2learn.cosim.lockstep;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verilog and golden machine differ after a command. The message says where, and how to repeat it. */
public final class ProgramMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Mismatch mismatch;
    private final transient @Nullable TensorDifference difference;
    private final long ended;

    /** @param ended cycle in which the commands before the comparison had ended */
    ProgramMismatchException(
            String text, Mismatch mismatch, @Nullable TensorDifference difference, long ended, String repeat) {
        super(text + "\nrepeat it with: " + repeat);
        this.mismatch = mismatch;
        this.difference = difference;
        this.ended = ended;
    }

    public Mismatch mismatch() {
        return mismatch;
    }

    /** Both sides' words; empty where a program is wrong and both sides agree. */
    public Optional<TensorDifference> difference() {
        return Optional.ofNullable(difference);
    }

    /** The clock cycle in which the program had ended. */
    public long ended() {
        return ended;
    }
}
