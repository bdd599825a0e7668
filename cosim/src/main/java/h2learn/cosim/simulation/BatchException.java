package h2learn.cosim.simulation;

/** An operation of a {@link Batch} failed; those after it were not begun. */
public abstract class BatchException extends SimulationException {
    private static final long serialVersionUID = 1L;

    private final int operation;
    private final long address;
    private final long index;
    private final long expected;
    private final long got;

    BatchException(String message, NativeResult result) {
        super(message, result.cycle());
        this.operation = result.operation();
        this.address = result.address();
        this.index = result.index();
        this.expected = result.expected();
        this.got = result.got();
    }

    /** Index of the failed operation within its batch. */
    public final int operation() {
        return operation;
    }

    /** Byte address of the failed word; 0 for operations without one. */
    public final long address() {
        return address;
    }

    /** Index of the failed word within its operation. */
    public final long index() {
        return index;
    }

    /** The value that was waited for or compared with, where there is one. */
    public final long expected() {
        return expected;
    }

    /** The value seen last, where there is one. */
    public final long got() {
        return got;
    }
}
