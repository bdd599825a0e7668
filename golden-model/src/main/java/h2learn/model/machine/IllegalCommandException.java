package h2learn.model.machine;

import h2learn.contract.Command;
import h2learn.contract.ErrorCode;

/** The accelerator stops at this command with an error code. */
public final class IllegalCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public IllegalCommandException(ErrorCode code, Command command) {
        super(code + ": " + code.meaning() + ": " + command);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
