package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The order in which five queues might run a program, drawn at random: dispatch in order, tokens, FENCE. */
public final class AnyOrder {
    private static final int QUEUES = CommandQueue.values().length;

    private final List<Command> program;
    private final List<Deque<Command>> queues = new ArrayList<>();
    private final int[][] tokens = new int[QUEUES][QUEUES];
    private final List<Command> ran = new ArrayList<>();
    private int next;

    private AnyOrder(List<Command> program) {
        this.program = program;
        for (int queue = 0; queue < QUEUES; queue++) {
            queues.add(new ArrayDeque<>());
        }
    }

    public static List<Command> of(List<Command> program, Random random) {
        AnyOrder order = new AnyOrder(program);
        for (int failed = 0; order.ran.size() < program.size(); ) {
            int choice = random.nextInt(QUEUES + 1);
            boolean moved = choice == QUEUES ? order.dispatch() : order.run(choice);
            failed = moved ? 0 : failed + 1;
            if (failed > 10_000) {
                throw new IllegalStateException("the program stops after " + order.ran.size() + " commands");
            }
        }
        return order.ran;
    }

    private boolean dispatch() {
        if (next == program.size()) {
            return false;
        }
        Command command = program.get(next);
        if (command.opcode() == Opcode.FENCE) {
            if (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
                return false;
            }
            ran.add(command);
        } else {
            Deque<Command> queue = queues.get(CommandQueue.of(command.opcode()).ordinal());
            if (queue.size() > CommandQueue.DEPTH) {
                return false;
            }
            queue.add(command);
        }
        next++;
        return true;
    }

    private boolean run(int queue) {
        Command command = queues.get(queue).peek();
        if (command == null) {
            return false;
        }
        for (CommandQueue from : CommandQueue.values()) {
            if (command.takes(from) && tokens[from.ordinal()][queue] == 0) {
                return false;
            }
        }
        for (CommandQueue other : CommandQueue.values()) {
            tokens[other.ordinal()][queue] -= command.takes(other) ? 1 : 0;
            tokens[queue][other.ordinal()] += command.gives(other) ? 1 : 0;
        }
        queues.get(queue).remove();
        ran.add(command);
        return true;
    }
}
