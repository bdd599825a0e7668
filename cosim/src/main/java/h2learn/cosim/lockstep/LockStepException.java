package h2learn.cosim.lockstep;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verilog and golden model differ. The message describes the first difference and how to repeat it. */
public final class LockStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Mismatch mismatch;
    private final transient @Nullable TensorDifference difference;
    private final long ended;

    /** @param ended cycle in which the commands before the comparison had ended */
    LockStepException(Mismatch mismatch, @Nullable TensorDifference difference, long ended, String repeat) {
        super(mismatch.describe() + "\nrepeat it with: " + repeat);
        this.mismatch = mismatch;
        this.difference = difference;
        this.ended = ended;
    }

    /** Both sides' tensor; empty for a counter. */
    public Optional<TensorDifference> difference() {
        return Optional.ofNullable(difference);
    }

    /** The clock cycle in which the command had ended that wrote the wrong value, or one after it. */
    public long ended() {
        return ended;
    }

    public Mismatch mismatch() {
        return mismatch;
    }
}
