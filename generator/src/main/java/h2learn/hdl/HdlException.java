package h2learn.hdl;

import org.jspecify.annotations.Nullable;

/** A mistake in a circuit. The message starts with the Java file and line that made it, where known. */
public final class HdlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String file;
    private final int line;

    HdlException(String message, @Nullable StackTraceElement where, @Nullable Throwable cause) {
        super(where == null ? message : where.getFileName() + ":" + where.getLineNumber() + ": " + message, cause);
        this.file = where == null ? null : where.getFileName();
        this.line = where == null ? 0 : where.getLineNumber();
    }

    /** A mistake in the user code that is running now. */
    static HdlException here(String message) {
        return new HdlException(message, Source.caller(), null);
    }

    /** The Java source file, without its folder. */
    public @Nullable String file() {
        return file;
    }

    /** The line in {@link #file()}, or 0. */
    public int line() {
        return line;
    }
}
