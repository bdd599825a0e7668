package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.model.machine.Space;
import java.util.Arrays;
import java.util.List;

/** Finds commands of different queues of which one writes what the other reads or writes and that nothing orders. */
final class OrderCheck {
    private static final int QUEUES = CommandQueue.values().length;

    private final Problems problems;
    private final Segments segments;
    private final int[] readers;
    private final int[] writers;
    /** Of each queue the command that the present one was reported against. */
    private final int[] reported = new int[QUEUES];

    OrderCheck(Segments segments, Problems problems) {
        this.segments = segments;
        this.problems = problems;
        readers = new int[segments.count() * QUEUES];
        writers = new int[segments.count() * QUEUES];
        Arrays.fill(readers, -1);
        Arrays.fill(writers, -1);
    }

    /**
     * The next command of the program.
     *
     * @param clock of each queue the last command that is done before this one starts
     */
    void next(int index, Command command, List<Access> footprint, int[] clock) {
        if (command.opcode() == Opcode.FENCE) {
            return;
        }
        int own = CommandQueue.of(command.opcode()).ordinal();
        Arrays.fill(reported, -1);
        for (Access access : footprint) {
            boolean writes = access.use().writes();
            segments.of(access, segment -> {
                for (int queue = 0; queue < QUEUES; queue++) {
                    int at = segment * QUEUES + queue;
                    if (queue != own) {
                        compare(index, access, segment, writers[at], queue, clock, "writes");
                        if (writes) {
                            compare(index, access, segment, readers[at], queue, clock, "reads");
                        }
                    }
                }
            });
        }
        for (Access access : footprint) {
            int[] last = access.use().writes() ? writers : readers;
            segments.of(access, segment -> last[segment * QUEUES + own] = index);
        }
    }

    private void compare(int index, Access access, int segment, int other, int queue, int[] clock, String doing) {
        if (other > clock[queue] && other > reported[queue]) {
            reported[queue] = other;
            Space space = access.space();
            problems.of(
                    index,
                    (access.use().writes() ? "writes " : "reads ") + space + " word "
                            + segments.firstWord(space, segment) + ", which " + problems.name(other) + " " + doing
                            + ", and no token orders them");
        }
    }
}
