package h2learn.cosim.lockstep;

/** Verilog and golden machine differ after a command. The message says where, and how to repeat it. */
public final class ProgramMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProgramMismatchException(String difference, String repeat) {
        super(difference + "\nrepeat it with: " + repeat);
    }
}
