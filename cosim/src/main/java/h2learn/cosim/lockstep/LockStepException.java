package h2learn.cosim.lockstep;

/** Verilog and golden model differ. The message describes the first difference and how to repeat it. */
public final class LockStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Mismatch mismatch;

    LockStepException(Mismatch mismatch, String repeat) {
        super(mismatch.describe() + "\nrepeat it with: " + repeat);
        this.mismatch = mismatch;
    }

    public Mismatch mismatch() {
        return mismatch;
    }
}
