package h2learn.cosim.build;

/** A program or library that a build needs is not installed; the message says which and what to type. */
public final class ToolMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String tool;

    ToolMissingException(String tool, String debianPackage) {
        super(tool + " is needed to build a model and was not found; on Debian type: sudo apt-get install "
                + debianPackage);
        this.tool = tool;
    }

    /** Name of what is missing, for example {@code verilator}. */
    public String tool() {
        return tool;
    }
}
