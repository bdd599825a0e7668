package h2learn.cosim.worker;

import java.util.Map;

/** How a process ended, in words. */
final class Signals {
    /** What Java adds to the number of the signal that ended a process. */
    private static final int BY_SIGNAL = 128;

    private static final int LAST = 31;

    private static final Map<Integer, String> NAMES = Map.of(
            1, "SIGHUP", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15,
            "SIGTERM");

    private Signals() {}

    static String describe(int exitValue) {
        int signal = exitValue - BY_SIGNAL;
        if (signal < 1 || signal > LAST) {
            return "ended with exit code " + exitValue;
        }
        return "crashed with signal " + signal + (NAMES.containsKey(signal) ? " (" + NAMES.get(signal) + ")" : "");
    }
}
