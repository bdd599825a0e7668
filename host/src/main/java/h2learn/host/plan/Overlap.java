package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.CommandFactory;
import h2learn.host.program.Interleave;
import h2learn.host.program.Timeline;
import h2learn.host.program.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Whether the queues of the accelerator run at once. */
public enum Overlap {
    /** As far as tokens allow. */
    FULL,
    /** Each command waits for all before it: to measure what the overlap gains. */
    NONE;

    /**
     * A program that ends with FENCE.
     *
     * @param sequential commands in a valid sequential order
     */
    List<Command> program(List<Command> sequential, AcceleratorConfig config) {
        List<Command> program = new ArrayList<>();
        if (this == FULL) {
            program.addAll(Interleave.byStart(Tokens.add(sequential, config), new CommandEstimate(config)::cycles));
            program.add(CommandFactory.fence());
            return List.copyOf(program);
        }
        for (Command command : sequential) {
            program.add(command);
            program.add(CommandFactory.fence());
        }
        if (program.isEmpty()) {
            program.add(CommandFactory.fence());
        }
        return List.copyOf(program);
    }

    /** About how many cycles a program takes. */
    static long estimate(List<Command> program, AcceleratorConfig config) {
        return Timeline.of(program, new CommandEstimate(config)::cycles).cycles();
    }
}
