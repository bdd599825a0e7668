package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.host.MemoryAccess;
import java.util.List;

/** One accelerator and its external memory, as a program's author sees them. */
public interface ProgramRunner extends MemoryAccess {
    /**
     * Runs a program, ordered by its commands' tokens, and returns when all of it is done. Throws
     * {@link h2learn.host.TransportException} when a command is refused or hangs.
     */
    void run(List<Command> program);
}
