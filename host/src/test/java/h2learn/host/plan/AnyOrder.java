package h2learn.host.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** An order in which the accelerator may run a program's commands, drawn by seed: queues wait for tokens and nothing else. */
final class AnyOrder {
    private static final CommandQueue[] QUEUES = CommandQueue.values();

    private final int[][] tokens = new int[QUEUES.length][QUEUES.length];
    private final List<Deque<Command>> queues = new ArrayList<>();
    private final List<Command> order = new ArrayList<>();
    private final Random random;

    private AnyOrder(Random random) {
        this.random = random;
        for (int queue = 0; queue < QUEUES.length; queue++) {
            queues.add(new ArrayDeque<>());
        }
    }

    static List<Command> of(List<Command> program, Random random) {
        AnyOrder any = new AnyOrder(random);
        for (Command command : program) {
            any.dispatch(command);
        }
        any.drain();
        return any.order;
    }

    private void dispatch(Command command) {
        if (command.opcode() == Opcode.FENCE) {
            drain();
            order.add(command);
            return;
        }
        Deque<Command> queue = queues.get(CommandQueue.of(command.opcode()).ordinal());
        // Now and then the queues are left full, so that what may run early does.
        while (queue.size() > CommandQueue.DEPTH || random.nextInt(4) == 0 && !ready().isEmpty()) {
            runOne();
        }
        queue.add(command);
    }

    private void drain() {
        while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
            runOne();
        }
    }

    private void runOne() {
        List<Integer> ready = ready();
        assertTrue(!ready.isEmpty(), () -> "every queue waits for a token after " + order.size() + " commands");
        int queue = ready.get(random.nextInt(ready.size()));
        Command command = queues.get(queue).remove();
        for (int other = 0; other < QUEUES.length; other++) {
            tokens[other][queue] -= command.takes(QUEUES[other]) ? 1 : 0;
            tokens[queue][other] += command.gives(QUEUES[other]) ? 1 : 0;
        }
        order.add(command);
    }

    private List<Integer> ready() {
        List<Integer> ready = new ArrayList<>();
        for (int queue = 0; queue < QUEUES.length; queue++) {
            Command head = queues.get(queue).peek();
            if (head != null && hasTokens(head, queue)) {
                ready.add(queue);
            }
        }
        return ready;
    }

    private boolean hasTokens(Command command, int queue) {
        for (int other = 0; other < QUEUES.length; other++) {
            if (command.takes(QUEUES[other]) && tokens[other][queue] == 0) {
                return false;
            }
        }
        return true;
    }
}
