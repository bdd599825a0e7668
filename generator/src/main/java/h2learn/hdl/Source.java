package h2learn.hdl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the line of user code that an error or a statement belongs to: the first frame outside the HDL machinery. */
final class Source {
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final List<String> MACHINERY = List.of("spinal.", "scala.", "java.", "jdk.", "sun.");
    private static final Pattern FRAME = Pattern.compile("([\\w.$]+)\\.([\\w$<>]+)\\((\\w+\\.java):(\\d+)\\)");

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
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> isUser(frame.getClassName()))
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

    static boolean isFrame(String line) {
        return FRAME.matcher(line).find() || line.strip().startsWith("at ");
    }

    private static boolean isUser(String className) {
        String ownPackage = Source.class.getPackageName();
        int dot = className.lastIndexOf('.');
        boolean own = dot == ownPackage.length() && className.startsWith(ownPackage);
        return !own && MACHINERY.stream().noneMatch(className::startsWith);
    }
}
