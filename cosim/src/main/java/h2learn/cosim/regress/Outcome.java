package h2learn.cosim.regress;

import java.util.Locale;

/** What became of a case. */
public enum Outcome {
    /** Everything that was compared is equal. */
    PASSED,
    /** Verilog and golden model differ, or the simulated accelerator stopped. */
    FAILED,
    /** The process that ran the case ended. */
    CRASHED,
    /** The case was ended because it took too long. */
    TIMED_OUT,
    /** The case could not be drawn, built or run: a fault of this program or of the machine. */
    BROKEN;

    /** For people and reports: lower case, words apart. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
