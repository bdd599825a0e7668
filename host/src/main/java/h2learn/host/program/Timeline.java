package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * When each command of a program starts and ends, if commands take as many cycles as predicted and dispatching takes none:
 * a command starts when it is dispatched, the command before it in its queue has ended and its tokens are there.
 *
 * @param starts cycle in which each command starts
 * @param ends cycle in which it has ended
 */
public record Timeline(List<Long> starts, List<Long> ends) {
    private static final CommandQueue[] QUEUES = CommandQueue.values();
    private static final int COUNT = QUEUES.length;

    /** Queues as the accelerator has them: a command that finds its queue full holds up all behind it. */
    public static Timeline of(List<Command> program, ToLongFunction<Command> cycles) {
        return new Run(CommandQueue.DEPTH + 1).all(program, cycles);
    }

    /** Queues without an end: what dependences alone would allow. */
    public static Timeline unlimited(List<Command> program, ToLongFunction<Command> cycles) {
        return new Run(Integer.MAX_VALUE).all(program, cycles);
    }

    /** Cycles of the whole program. */
    public long cycles() {
        return ends.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static final class Run {
        private final int room;
        /** Per queue: when each of its commands ends. */
        private final List<List<Long>> queueEnds = new ArrayList<>();
        /** Per pair from * COUNT + to: when each token is given, and how many are taken. */
        private final List<List<Long>> given = new ArrayList<>();

        private final int[] taken = new int[COUNT * COUNT];
        private long dispatched;

        Run(int room) {
            this.room = room;
            for (int queue = 0; queue < COUNT; queue++) {
                queueEnds.add(new ArrayList<>());
            }
            for (int pair = 0; pair < COUNT * COUNT; pair++) {
                given.add(new ArrayList<>());
            }
        }

        Timeline all(List<Command> program, ToLongFunction<Command> cycles) {
            Long[] starts = new Long[program.size()];
            Long[] ends = new Long[program.size()];
            for (int index = 0; index < starts.length; index++) {
                Command command = program.get(index);
                starts[index] = start(command, index);
                ends[index] = starts[index];
                if (command.opcode() != Opcode.FENCE) {
                    ends[index] += cycles.applyAsLong(command);
                    end(command, ends[index]);
                }
            }
            return new Timeline(Arrays.asList(starts), Arrays.asList(ends));
        }

        private long start(Command command, int index) {
            if (command.opcode() == Opcode.FENCE) {
                queueEnds.forEach(ends -> dispatched = Math.max(dispatched, last(ends, 1)));
                return dispatched;
            }
            int queue = CommandQueue.of(command.opcode()).ordinal();
            dispatched = Math.max(dispatched, last(queueEnds.get(queue), room));
            long start = Math.max(dispatched, last(queueEnds.get(queue), 1));
            for (int from = 0; from < COUNT; from++) {
                if (command.takes(QUEUES[from])) {
                    int pair = from * COUNT + queue;
                    if (taken[pair] == given.get(pair).size()) {
                        throw new IllegalArgumentException("command " + index + " (" + command + ") takes a token of "
                                + QUEUES[from] + " that no earlier command gives");
                    }
                    start = Math.max(start, given.get(pair).get(taken[pair]++));
                }
            }
            return start;
        }

        /** The end of the command that is {@code back} places before the next of a queue; 0 where there is none. */
        private static long last(List<Long> ends, int back) {
            return ends.size() < back ? 0 : ends.get(ends.size() - back);
        }

        private void end(Command command, long end) {
            int queue = CommandQueue.of(command.opcode()).ordinal();
            queueEnds.get(queue).add(end);
            for (int to = 0; to < COUNT; to++) {
                if (command.gives(QUEUES[to])) {
                    given.get(queue * COUNT + to).add(end);
                }
            }
        }
    }
}
