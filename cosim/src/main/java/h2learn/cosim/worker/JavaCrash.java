package h2learn.cosim.worker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java's report of a signal in native code, line by line as the process prints it. Its exit code does not tell the signal
 * when it is to leave no dump of its memory.
 */
final class JavaCrash {
    private static final String BEGINNING = "# A fatal error has been detected by the Java Runtime Environment:";
    private static final String FRAME = "# Problematic frame:";
    private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+) \\(0x([0-9a-f]+)\\).*");

    private boolean begun;
    private boolean frameFollows;
    private String signal = "";
    private String frame = "";

    /** Whether the line is of such a report; all are, once it has begun. */
    boolean read(String line) {
        begun |= line.equals(BEGINNING);
        if (!begun) {
            return false;
        }
        Matcher named = SIGNAL.matcher(line);
        if (named.matches() && signal.isEmpty()) {
            signal = Integer.parseInt(named.group(2), 16) + " (" + named.group(1) + ")";
        }
        if (frameFollows && frame.isEmpty()) {
            frame = line.replaceFirst("^#\\s*", "").strip();
        }
        frameFollows = line.equals(FRAME);
        return true;
    }

    /** Whether there was one that names a signal. */
    boolean seen() {
        return !signal.isEmpty();
    }

    /** For example {@code crashed with signal 11 (SIGSEGV) in C  [libmodel.so+0x3f2a]  eval+0x1a}. */
    String describe() {
        return "crashed with signal " + signal + (frame.isEmpty() ? "" : " in " + frame);
    }
}
