package h2learn.cosim.mutate;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of a mutant.
 *
 * @param kind of the end
 * @param scenario that noticed it; empty when none did
 * @param message what that said
 * @param active mutants that the runs activated, when none was selected
 * @param milliseconds of its runs
 */
record Verdict(Kind kind, String scenario, String message, Set<Integer> active, long milliseconds) {
    /** How the runs of a mutant ended. */
    enum Kind {
        /** No scenario saw a difference. */
        SURVIVED,
        /** A scenario saw a difference. */
        CAUGHT,
        /** The process that simulated it ended. */
        CRASHED,
        /** The process that simulated it did not answer. */
        HUNG
    }

    /** The line with which a worker answers. */
    String line() {
        String plain = message.lines().findFirst().orElse("").replace('\t', ' ');
        String numbers = active.stream().map(String::valueOf).collect(Collectors.joining(","));
        return String.join("\t", "verdict", kind.name(), scenario, Long.toString(milliseconds), plain, numbers);
    }

    /** Whether a line may be a verdict. */
    static boolean isLine(String line) {
        return line.startsWith("verdict\t");
    }

    /** Reads {@link #line}; any other line is refused. */
    static Verdict ofLine(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 6 || !fields[0].equals("verdict")) {
            throw new IllegalArgumentException("not a verdict: " + line);
        }
        Set<Integer> active = new TreeSet<>();
        if (!fields[5].isEmpty()) {
            for (String number : fields[5].split(",")) {
                active.add(Integer.parseInt(number));
            }
        }
        return new Verdict(Kind.valueOf(fields[1]), fields[2], fields[4], active, Long.parseLong(fields[3]));
    }
}
