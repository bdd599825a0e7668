package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The order in which commands are dispatched so that all queues are fed: each queue keeps its order, but a command moves
 * ahead of commands of other queues that it will start before. Start times are estimated: a command starts when the one
 * before it in its queue and all that it conflicts with are done.
 */
public final class DispatchOrder {
    private final List<Command> commands;
    private final long cycles;

    private DispatchOrder(List<Command> commands, long cycles) {
        this.commands = commands;
        this.cycles = cycles;
    }

    /**
     * @param sequential commands in a valid sequential order
     * @param duration estimated cycles of a command
     */
    public static DispatchOrder of(
            List<Command> sequential, AcceleratorConfig config, ToLongFunction<Command> duration) {
        Hazards hazards = new Hazards(sequential, new Spaces(config, 0));
        int count = sequential.size();
        long[] start = new long[count];
        long[] end = new long[count];
        long[] free = new long[CommandQueue.values().length];
        long last = 0;
        for (int index = 0; index < count; index++) {
            Command command = sequential.get(index);
            if (command.opcode() == Opcode.FENCE) {
                // Later than all before it, earlier than all behind it.
                start[index] = last;
                last++;
                Arrays.fill(free, last);
                continue;
            }
            int queue = CommandQueue.of(command.opcode()).ordinal();
            List<Access> footprint = Footprint.of(command, config);
            long begin = free[queue];
            for (int before : hazards.before(footprint)) {
                begin = before < 0 ? begin : Math.max(begin, end[before]);
            }
            hazards.done(footprint, queue, index);
            start[index] = begin;
            end[index] = begin + Math.max(1, duration.applyAsLong(command));
            free[queue] = end[index];
            last = Math.max(last, end[index]);
        }
        List<Command> ordered = new ArrayList<>();
        IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong((Integer index) -> start[index]))
                .forEach(index -> ordered.add(sequential.get(index)));
        return new DispatchOrder(List.copyOf(ordered), last);
    }

    /** The same commands, still in a valid sequential order. */
    public List<Command> commands() {
        return commands;
    }

    /** Estimated cycles from the first start to the last end. */
    public long cycles() {
        return cycles;
    }
}
