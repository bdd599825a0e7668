package h2learn.hdl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import spinal.core.ScalaLocated;

/** Finds the line of user code that an error or a statement belongs to: the first frame outside the HDL machinery. */
final class Source {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final List<String> MACHINERY = List.of("spinal.", "scala.", "java.", "jdk.", "sun.");
    private static final Pattern FRAME = Pattern.compile("([\\w.$]+)\\.([\\w$<>]+)\\((\\w+\\.java):(\\d+)\\)");

    private static final Pattern NOISE = Pattern.compile(
            "^\\*\\*\\*|^Error detected in phase|^Design's errors|^SpinalHDL compiler exit|^at (?!.*\\.java:)");

    private Source() {}

    /** The frame of the user's code that is running now. */
    static @Nullable StackTraceElement caller() {
        return WALKER.walk(frames -> frames.filter(frame -> isUser(frame.getClassName()))
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .findFirst())
                .orElse(null);
    }

    /** The innermost user frame of an exception. */
    static @Nullable StackTraceElement of(Throwable thrown) {
        return of(thrown, frame -> true);
    }

    /** The innermost user frame of an exception among those that fulfil a condition. */
    static @Nullable StackTraceElement of(Throwable thrown, Predicate<StackTraceElement> condition) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> isUser(frame.getClassName()))
                .filter(condition)
                .findFirst()
                .orElse(null);
    }

    /** Whether the exception was thrown by the machinery, not by the user's own code. */
    static boolean thrownByMachinery(Throwable thrown) {
        Optional<StackTraceElement> first = Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .findFirst();
        return first.isPresent() && !isUser(first.get().getClassName());
    }

    /** The first user frame printed in a text, such as SpinalHDL's error reports. */
    static @Nullable StackTraceElement in(String text) {
        Matcher frames = FRAME.matcher(text);
        while (frames.find()) {
            if (isUser(frames.group(1))) {
                return new StackTraceElement(
                        frames.group(1), frames.group(2), frames.group(3), Integer.parseInt(frames.group(4)));
            }
        }
        return null;
    }

    /**
     * A report of SpinalHDL's in short: without rulers, phases and advice, and each stack trace cut down to the file and
     * line of its first user frame.
     */
    static String shorten(String report) {
        StringBuilder text = new StringBuilder();
        boolean placed = false;
        for (String line : report.lines().map(String::strip).toList()) {
            Matcher frame = FRAME.matcher(line);
            if (line.isEmpty() || NOISE.matcher(line).find()) {
                continue;
            }
            if (!frame.find()) {
                text.append(text.isEmpty() ? "" : "\n").append(line);
                placed = false;
            } else if (frame.start() > 0 && !line.startsWith("at ")) {
                text.append(text.isEmpty() ? "" : "\n").append(frame.replaceAll("$3:$4"));
                placed = false;
            } else if (!placed && isUser(frame.group(1))) {
                text.append(' ').append(frame.group(3)).append(':').append(frame.group(4));
                placed = true;
            }
        }
        return text.toString();
    }

    /**
     * Removes this layer's frames from the trace that SpinalHDL keeps with a signal when it looks for an error: it prints
     * the first frame only. Without such a search there is no trace.
     */
    static <T extends ScalaLocated> T trim(T located) {
        Throwable trace = located.scalaTrace();
        if (trace != null) {
            trace.setStackTrace(Arrays.stream(trace.getStackTrace())
                    .filter(frame -> isUser(frame.getClassName()))
                    .toArray(StackTraceElement[]::new));
        }
        return located;
    }

    private static boolean isUser(String className) {
        String ownPackage = Source.class.getPackageName();
        int dot = className.lastIndexOf('.');
        boolean own = dot == ownPackage.length() && className.startsWith(ownPackage);
        return !own && MACHINERY.stream().noneMatch(className::startsWith);
    }
}
