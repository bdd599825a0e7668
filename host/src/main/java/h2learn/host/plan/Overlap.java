package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.CommandFactory;
import h2learn.host.program.DispatchOrder;
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
        if (this == FULL) {
            List<Command> commands = new ArrayList<>(order(sequential, config).commands());
            commands.add(CommandFactory.fence());
            return Tokens.add(commands, config);
        }
        List<Command> fenced = new ArrayList<>();
        for (Command command : sequential) {
            fenced.add(command);
            fenced.add(CommandFactory.fence());
        }
        if (fenced.isEmpty()) {
            fenced.add(CommandFactory.fence());
        }
        return List.copyOf(fenced);
    }

    /** The order of full overlap, and the estimate of its cycles. */
    static DispatchOrder order(List<Command> sequential, AcceleratorConfig config) {
        return DispatchOrder.of(sequential, config, new CommandEstimate(config)::cycles);
    }
}
