package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import java.util.Arrays;
import java.util.List;

/** For every word, the last command of each queue that read it and that wrote it. */
final class Hazards {
    private static final int QUEUES = CommandQueue.values().length;

    private final Segments segments;
    private final int[] lastRead;
    private final int[] lastWrite;

    /** @param commands all that will be asked about */
    Hazards(List<Command> commands, Spaces spaces) {
        segments = new Segments(commands.stream().flatMap(command -> spaces.footprint(command).stream()));
        lastRead = new int[segments.count() * QUEUES];
        lastWrite = new int[segments.count() * QUEUES];
        Arrays.fill(lastRead, -1);
        Arrays.fill(lastWrite, -1);
    }

    /** Of each queue the last command that must be done before one with this footprint starts; -1 is none. */
    int[] before(List<Access> footprint) {
        int[] before = new int[QUEUES];
        Arrays.fill(before, -1);
        for (Access access : footprint) {
            boolean writes = access.use().writes();
            segments.of(access, segment -> {
                for (int queue = 0; queue < QUEUES; queue++) {
                    int at = segment * QUEUES + queue;
                    before[queue] = Math.max(before[queue], lastWrite[at]);
                    if (writes) {
                        before[queue] = Math.max(before[queue], lastRead[at]);
                    }
                }
            });
        }
        return before;
    }

    /** Notes that command {@code index} of a queue reads and writes this. */
    void done(List<Access> footprint, int queue, int index) {
        for (Access access : footprint) {
            int[] last = access.use().writes() ? lastWrite : lastRead;
            segments.of(access, segment -> last[segment * QUEUES + queue] = index);
        }
    }
}
