package h2learn.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A command line to be pasted into a shell. */
final class Repeat {
    private Repeat() {}

    /** The launcher with {@code arguments}, quoted where a shell needs it. */
    static String of(List<String> arguments) {
        return arguments.stream().map(Repeat::quoted).collect(Collectors.joining(" ", "scripts/h2learn ", ""));
    }

    private static String quoted(String text) {
        return text.matches("[\\w./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
