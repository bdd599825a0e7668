package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches a program in order into queues of {@link CommandQueue#DEPTH} commands and runs what has its tokens, as long
 * as anything goes on. Whether all ends does not depend on how long commands take: running one never stops another. On the
 * way each command gets a vector clock: of each queue the last command that is surely done before it starts.
 */
final class TokenCheck {
    private static final CommandQueue[] QUEUES = CommandQueue.values();
    private static final int COUNT = QUEUES.length;
    private static final int WAITING = CommandQueue.DEPTH + 1;

    private final List<Command> commands;
    private final Problems problems;
    private final List<Deque<Integer>> queues = new ArrayList<>();
    private final int[][] clocks;
    /** Of each queue the clock that its last command, or a FENCE, left. */
    private final int[][] left = new int[COUNT][COUNT];
    /** Per pair from * COUNT + to: the commands that have given a token, and how many were taken. */
    private final List<List<Integer>> givers = new ArrayList<>();

    private final List<List<Integer>> takers = new ArrayList<>();
    private final int[] lastDone = new int[COUNT];
    private int next;

    TokenCheck(List<Command> commands, Problems problems) {
        this.commands = commands;
        this.problems = problems;
        clocks = new int[commands.size()][];
        Arrays.fill(lastDone, -1);
        for (int queue = 0; queue < COUNT; queue++) {
            queues.add(new ArrayDeque<>());
            Arrays.fill(left[queue], -1);
        }
        for (int pair = 0; pair < COUNT * COUNT; pair++) {
            givers.add(new ArrayList<>());
            takers.add(new ArrayList<>());
        }
    }

    /** Runs the program and adds what is wrong with its tokens. */
    void run() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = dispatch();
            for (int queue = 0; queue < COUNT; queue++) {
                goesOn |= runHead(queue);
            }
        }
        if (next < commands.size() || queues.stream().anyMatch(queue -> !queue.isEmpty())) {
            deadlock();
        }
        for (int pair = 0; pair < COUNT * COUNT; pair++) {
            count(pair);
        }
    }

    /** The clock of a command; null where it never starts, or is a FENCE. */
    int @Nullable [] clock(int index) {
        return clocks[index];
    }

    private boolean dispatch() {
        if (next == commands.size()) {
            return false;
        }
        Opcode opcode = commands.get(next).opcode();
        if (opcode == Opcode.FENCE) {
            if (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
                return false;
            }
            for (int[] clock : left) {
                System.arraycopy(lastDone, 0, clock, 0, COUNT);
            }
        } else {
            Deque<Integer> queue = queues.get(CommandQueue.of(opcode).ordinal());
            if (queue.size() == WAITING) {
                return false;
            }
            queue.add(next);
        }
        next++;
        return true;
    }

    private boolean runHead(int queue) {
        Integer index = queues.get(queue).peek();
        if (index == null || !missing(queue, index).isEmpty()) {
            return false;
        }
        Command command = commands.get(index);
        int[] clock = left[queue].clone();
        for (int from = 0; from < COUNT; from++) {
            if (command.takes(QUEUES[from])) {
                int pair = from * COUNT + queue;
                int giver = givers.get(pair).get(takers.get(pair).size());
                takers.get(pair).add(index);
                join(clock, left(giver));
                if (giver > index) {
                    problems.of(
                            index,
                            "takes a token that " + problems.name(giver)
                                    + " gives: in the order of the program, in which the golden model runs it, that comes later");
                }
            }
        }
        clocks[index] = clock;
        lastDone[queue] = index;
        left[queue] = left(index);
        for (int to = 0; to < COUNT; to++) {
            if (command.gives(QUEUES[to])) {
                givers.get(queue * COUNT + to).add(index);
            }
        }
        queues.get(queue).remove();
        return true;
    }

    /** The clock of what follows a command: its own, and itself. */
    private int[] left(int index) {
        int[] clock = clocks[index].clone();
        clock[CommandQueue.of(commands.get(index).opcode()).ordinal()] = index;
        return clock;
    }

    private static void join(int[] clock, int[] other) {
        for (int queue = 0; queue < COUNT; queue++) {
            clock[queue] = Math.max(clock[queue], other[queue]);
        }
    }

    /** The queues that a command waits for a token of. */
    private List<CommandQueue> missing(int queue, int index) {
        List<CommandQueue> missing = new ArrayList<>();
        for (int from = 0; from < COUNT && commands.get(index).get(CommandField.TAKE_TOKENS) != 0; from++) {
            int pair = from * COUNT + queue;
            if (commands.get(index).takes(QUEUES[from])
                    && givers.get(pair).size() == takers.get(pair).size()) {
                missing.add(QUEUES[from]);
            }
        }
        return missing;
    }

    private void deadlock() {
        List<String> waiting = new ArrayList<>();
        for (int queue = 0; queue < COUNT; queue++) {
            Integer head = queues.get(queue).peek();
            if (head != null) {
                waiting.add(problems.name(head) + " waits for ever for a token of " + missing(queue, head));
            }
        }
        String blocked = next < commands.size() ? ", and " + problems.name(next) + " cannot be dispatched" : "";
        problems.add("the program stops: " + String.join(", ", waiting) + blocked);
    }

    /** Tokens of one pair of queues: none is left, and never too many wait. */
    private void count(int pair) {
        List<Integer> given = givers.get(pair);
        List<Integer> taken = takers.get(pair);
        String between = QUEUES[pair / COUNT] + " to " + QUEUES[pair % COUNT];
        if (given.size() > taken.size()) {
            problems.of(
                    given.get(taken.size()),
                    "gives a token from " + between + " that no command takes, one of " + (given.size() - taken.size())
                            + " left at the end");
        }
        int to = pair % COUNT;
        int[] ordinals = ordinals(QUEUES[to]);
        int surely = 0;
        for (int number = 0; number < given.size(); number++) {
            int giver = given.get(number);
            while (surely < taken.size() && isTaken(taken.get(surely), giver, to, ordinals)) {
                surely++;
            }
            if (number + 1 - surely > CommandQueue.MAXIMUM_TOKENS) {
                problems.of(
                        giver,
                        "gives a token from " + between + " while " + (number - surely)
                                + " may wait, the accelerator counts to " + CommandQueue.MAXIMUM_TOKENS);
                return;
            }
        }
    }

    /** Whether {@code taker} has surely started when {@code giver} is done: by tokens, or as its queue holds no more. */
    private boolean isTaken(int taker, int giver, int to, int[] ordinals) {
        return taker <= left(giver)[to] || (taker < giver && ordinals[taker] <= ordinals[giver] - WAITING);
    }

    /** Per command: how many commands of a queue there are up to it. */
    private int[] ordinals(CommandQueue queue) {
        int[] ordinals = new int[commands.size()];
        int count = 0;
        for (int index = 0; index < ordinals.length; index++) {
            Opcode opcode = commands.get(index).opcode();
            count += opcode != Opcode.FENCE && CommandQueue.of(opcode) == queue ? 1 : 0;
            ordinals[index] = count;
        }
        return ordinals;
    }
}
