package h2learn.cosim.simulation;

import com.sun.jna.Memory;

/** What the core says about a batch, and its status codes. The layout is that of h2_result in h2_core.h. */
record NativeResult(int status, int operation, long cycle, long address, long index, long expected, long got) {
    static final int BYTES = 48;

    static final int OK = 0;
    static final int MISMATCH = 1;
    static final int BUS_TIMEOUT = 2;
    static final int CONDITION_TIMEOUT = 3;
    static final int BUS_ERROR = 4;
    static final int PROTOCOL = 5;
    static final int FINISH = 6;
    static final int STOP = 7;
    static final int FATAL = 8;
    static final int BUS_UNUSABLE = 9;

    static NativeResult read(Memory m) {
        return new NativeResult(
                m.getInt(0), m.getInt(4), m.getLong(8), m.getLong(16), m.getLong(24), m.getLong(32), m.getLong(40));
    }

    /** A status without an operation. */
    static NativeResult of(int status, long cycle) {
        return new NativeResult(status, -1, cycle, 0, 0, 0, 0);
    }

    /** The exception for a status other than {@link #OK}. {@code operation} names what was done, {@code text} the reason. */
    SimulationException exception(String operation, String text) {
        return switch (status) {
            case MISMATCH -> new MismatchException(
                    "%s: word %d at address 0x%x is 0x%08x, expected 0x%08x"
                            .formatted(operation, index, address, got, expected),
                    this);
            case BUS_TIMEOUT -> new SimulationTimeoutException(
                    "%s: word %d at address 0x%x: %s".formatted(operation, index, address, text), this);
            case CONDITION_TIMEOUT -> new SimulationTimeoutException(
                    "%s: %s; it is 0x%x, waited for 0x%x".formatted(operation, text, got, expected), this);
            case BUS_ERROR -> new BusErrorException(
                    "%s: %s at address 0x%x (word %d)".formatted(operation, text, address, index), this);
            case PROTOCOL, BUS_UNUSABLE -> new BusProtocolException(operation + ": " + text, cycle);
            case FINISH -> new VerilogFinishException(operation + ": " + text, cycle);
            case STOP -> new VerilogStopException(operation + ": " + text, cycle);
            case FATAL -> new VerilogFatalException(operation + ": " + text, cycle);
            default -> new SimulationException(operation + ": unknown status " + status, cycle);
        };
    }
}
