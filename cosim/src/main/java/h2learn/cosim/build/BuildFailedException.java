package h2learn.cosim.build;

import java.nio.file.Path;

/** Verilator, make or the compiler refused; the message holds the first error lines and the place of the full log. */
public final class BuildFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path log;

    BuildFailedException(String what, String errors, Path log) {
        super(what + " failed (full log: " + log + ")\n" + errors);
        this.log = log;
    }

    /** The whole output of the tools. The newest logs are kept, older ones go. */
    public Path log() {
        return log;
    }
}
