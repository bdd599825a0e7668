package h2learn.host.predict;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * When the commands of a program run: in-order dispatch from the ring into queues of finite length, one command of each
 * queue at a time, tokens between them. A reckoning by events from the cycles of each command; no engine is simulated.
 */
public final class ProgramCycles {
    /** Cycles from one command of the ring to the next. */
    private static final int FETCH = 10;
    /** Cycles of a queue from the end of a command to the start of the next, where that is measured first. */
    private static final int MEASURED = 23;
    /** The same for transfers and UPDATE. */
    private static final int UNMEASURED = 6;
    /** From a token given to the start of the command that waits for it. */
    private static final int TOKEN = 3;

    /**
     * When a command's engine started and ended.
     *
     * @param start cycle in which it starts
     * @param end cycle in which it is done
     */
    public record Slot(Command command, long start, long end) {}

    /**
     * @param slots in the order of the program
     * @param cycles of the whole program
     * @param busy cycles in which each queue's engines are busy
     * @param overlap cycles in which FORWARD, BACKWARD and GRADIENT are all busy
     */
    public record Timetable(List<Slot> slots, long cycles, Map<CommandQueue, Long> busy, long overlap) {}

    private final Map<CommandQueue, Long> free = new EnumMap<>(CommandQueue.class);
    /** Per queue when each of its commands left the FIFO, the last {@link CommandQueue#DEPTH}. */
    private final Map<CommandQueue, Deque<Long>> left = new EnumMap<>(CommandQueue.class);
    /** Per pair of queues when its tokens were given. */
    private final Map<Integer, Deque<Long>> tokens = new HashMap<>();

    private ProgramCycles() {
        for (CommandQueue queue : CommandQueue.values()) {
            free.put(queue, 0L);
            left.put(queue, new ArrayDeque<>());
        }
    }

    /**
     * Throws {@link IllegalArgumentException} when a command waits for a token that no earlier one gives.
     *
     * @param engineCycles cycles in which a command's engine is busy
     */
    public static Timetable of(List<Command> program, ToLongFunction<Command> engineCycles) {
        return new ProgramCycles().run(program, engineCycles);
    }

    private Timetable run(List<Command> program, ToLongFunction<Command> engineCycles) {
        List<Slot> slots = new ArrayList<>();
        Map<CommandQueue, Long> busy = new EnumMap<>(CommandQueue.class);
        long dispatched = 0;
        long end = 0;
        for (Command command : program) {
            dispatched += FETCH;
            if (command.opcode() == Opcode.FENCE) {
                dispatched = Math.max(dispatched, end);
                slots.add(new Slot(command, dispatched, dispatched));
                continue;
            }
            CommandQueue queue = CommandQueue.of(command.opcode());
            Deque<Long> places = left(queue);
            if (places.size() == CommandQueue.DEPTH) {
                dispatched = Math.max(dispatched, places.removeFirst());
            }
            long taken = Math.max(dispatched + 1, free(queue));
            places.addLast(taken);
            long ready = taken + (measured(command) ? MEASURED : UNMEASURED);
            long start = Math.max(ready, tokensTaken(command, queue) + TOKEN);
            long done = start + engineCycles.applyAsLong(command) + 1;
            free.put(queue, done);
            give(command, queue, done);
            busy.merge(queue, done - start, Long::sum);
            slots.add(new Slot(command, start, done));
            end = Math.max(end, done);
        }
        return new Timetable(List.copyOf(slots), Math.max(end, dispatched), busy, overlap(slots));
    }

    private static boolean measured(Command command) {
        return switch (command.opcode()) {
            case UPDATE, LOAD, STORE, FENCE -> false;
            default -> true;
        };
    }

    private long tokensTaken(Command command, CommandQueue queue) {
        long latest = 0;
        for (CommandQueue from : CommandQueue.values()) {
            if ((command.get(CommandField.TAKE_TOKENS) >> from.ordinal() & 1) != 0) {
                Deque<Long> waiting = tokens(from, queue);
                if (waiting.isEmpty()) {
                    throw new IllegalArgumentException(
                            "no earlier command gives a token of " + from + " to " + command);
                }
                latest = Math.max(latest, waiting.removeFirst());
            }
        }
        return latest;
    }

    private void give(Command command, CommandQueue queue, long done) {
        for (CommandQueue to : CommandQueue.values()) {
            if ((command.get(CommandField.GIVE_TOKENS) >> to.ordinal() & 1) != 0) {
                tokens(queue, to).addLast(done);
            }
        }
    }

    private Deque<Long> tokens(CommandQueue from, CommandQueue to) {
        return tokens.computeIfAbsent(
                from.ordinal() * CommandQueue.values().length + to.ordinal(), pair -> new ArrayDeque<>());
    }

    private Deque<Long> left(CommandQueue queue) {
        return left.computeIfAbsent(queue, absent -> new ArrayDeque<>());
    }

    private long free(CommandQueue queue) {
        return free.getOrDefault(queue, 0L);
    }

    /** Sweeps over starts and ends of the three engine queues. */
    private static long overlap(List<Slot> slots) {
        record Edge(long cycle, int change) {}
        List<Edge> edges = new ArrayList<>();
        for (Slot slot : slots) {
            boolean engine = slot.command().opcode() != Opcode.FENCE
                    && CommandQueue.of(slot.command().opcode()) != CommandQueue.LOAD
                    && CommandQueue.of(slot.command().opcode()) != CommandQueue.STORE;
            if (engine) {
                edges.add(new Edge(slot.start(), 1));
                edges.add(new Edge(slot.end(), -1));
            }
        }
        edges.sort((a, b) ->
                a.cycle() != b.cycle() ? Long.compare(a.cycle(), b.cycle()) : Integer.compare(a.change(), b.change()));
        long together = 0;
        long since = 0;
        int running = 0;
        for (Edge edge : edges) {
            if (running == 3) {
                together += edge.cycle() - since;
            }
            running += edge.change();
            since = edge.cycle();
        }
        return together;
    }
}
