package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds to commands in a valid sequential order the tokens that keep that order where it matters: between two commands of
 * different queues of which one writes what the other reads or writes. A command that already waits for a later command
 * of the same queue, be it through others, takes no token. The i-th token that a queue takes of another is the i-th given.
 */
public final class Tokens {
    private static final CommandQueue[] QUEUES = CommandQueue.values();
    /** Commands of a queue that may wait while later ones of other queues run: in its FIFO, and the one in hand. */
    static final int WAITING = CommandQueue.DEPTH + 1;

    private final Spaces spaces;
    private final List<Command> result = new ArrayList<>();
    /** Per command of {@link #result}: of each queue the last command that is done before it ends, itself included. */
    private final List<int[]> clocks = new ArrayList<>();
    /** Per command of {@link #result}: the commands of each queue up to it. */
    private final List<int[]> ordinals = new ArrayList<>();
    /** Per queue: of each queue the last command that is done before its next one starts; -1 is none. */
    private final int[][] known = new int[QUEUES.length][QUEUES.length];
    /** Commands of each queue so far. */
    private final int[] queued = new int[QUEUES.length];
    /** Per pair from * queues + to: the commands that take a token, in order. */
    private final List<List<Integer>> takers = new ArrayList<>();
    /** Per pair: how many of {@link #takers} have surely taken when the pair's last giver is done. */
    private final int[] taken = new int[QUEUES.length * QUEUES.length];

    private final int[] takes;
    private final int[] gives;

    private Tokens(int length, Spaces spaces) {
        this.spaces = spaces;
        takes = new int[2 * length];
        gives = new int[2 * length];
        for (int[] clock : known) {
            Arrays.fill(clock, -1);
        }
        for (int pair = 0; pair < QUEUES.length * QUEUES.length; pair++) {
            takers.add(new ArrayList<>());
        }
    }

    /**
     * The commands with tokens; those that they have are forgotten. Where more than
     * {@link CommandQueue#MAXIMUM_TOKENS} could wait between two queues, a FENCE is put in.
     */
    public static List<Command> add(List<Command> commands, AcceleratorConfig config) {
        Spaces spaces = new Spaces(config, 0);
        Tokens tokens = new Tokens(commands.size(), spaces);
        Hazards hazards = new Hazards(commands, spaces);
        for (Command command : commands) {
            tokens.add(command, hazards);
        }
        List<Command> done = new ArrayList<>();
        for (int index = 0; index < tokens.result.size(); index++) {
            done.add(tokens.result.get(index).withTokens(tokens.takes[index], tokens.gives[index]));
        }
        return List.copyOf(done);
    }

    private void add(Command command, Hazards hazards) {
        if (command.opcode() == Opcode.FENCE) {
            fence(command);
            return;
        }
        int queue = CommandQueue.of(command.opcode()).ordinal();
        List<Access> footprint = spaces.footprint(command);
        int[] before = hazards.before(footprint);
        boolean[] wanted = wanted(queue, before);
        for (int from = 0; from < QUEUES.length; from++) {
            if (wanted[from] && isFull(from, queue, before[from])) {
                fence(Command.of(Opcode.FENCE).build());
                Arrays.fill(wanted, false);
            }
        }
        int index = result.size();
        int[] clock = known[queue];
        for (int from = 0; from < QUEUES.length; from++) {
            if (wanted[from]) {
                takes[index] |= 1 << from;
                gives[before[from]] |= 1 << queue;
                takers.get(from * QUEUES.length + queue).add(index);
                join(clock, clocks.get(before[from]));
            }
        }
        queued[queue]++;
        clock[queue] = index;
        append(command, clock.clone());
        hazards.done(footprint, queue, index);
    }

    private void append(Command command, int[] clock) {
        result.add(command);
        clocks.add(clock);
        ordinals.add(queued.clone());
    }

    /** Of which queues the command must take a token: those whose last conflicting command nothing else waits for. */
    private boolean[] wanted(int queue, int[] before) {
        boolean[] wanted = new boolean[QUEUES.length];
        for (int from = 0; from < QUEUES.length; from++) {
            wanted[from] = from != queue && before[from] > known[queue][from];
        }
        for (int from = 0; from < QUEUES.length; from++) {
            for (int through = 0; wanted[from] && through < QUEUES.length; through++) {
                if (through != from && wanted[through] && clocks.get(before[through])[from] >= before[from]) {
                    wanted[from] = false;
                }
            }
        }
        return wanted;
    }

    /**
     * Whether one more token that {@code giver} gives could find too many that wait: those given and not yet surely taken
     * when it is done.
     */
    private boolean isFull(int from, int to, int giver) {
        int pair = from * QUEUES.length + to;
        List<Integer> earlier = takers.get(pair);
        int surely = ordinals.get(giver)[to] - WAITING;
        while (taken[pair] < earlier.size()) {
            int taker = earlier.get(taken[pair]);
            boolean done = taker <= clocks.get(giver)[to] || (taker < giver && ordinals.get(taker)[to] <= surely);
            if (!done) {
                break;
            }
            taken[pair]++;
        }
        return earlier.size() + 1 - taken[pair] > CommandQueue.MAXIMUM_TOKENS;
    }

    private void fence(Command command) {
        for (int[] clock : known) {
            Arrays.fill(clock, result.size());
        }
        int[] clock = new int[QUEUES.length];
        Arrays.fill(clock, result.size());
        append(command, clock);
    }

    private static void join(int[] clock, int[] other) {
        for (int queue = 0; queue < clock.length; queue++) {
            clock[queue] = Math.max(clock[queue], other[queue]);
        }
    }
}
