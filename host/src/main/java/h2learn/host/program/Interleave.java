package h2learn.host.program;

import h2learn.contract.Command;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The order in which commands of different queues are dispatched. Each queue keeps its order, a token is given before it
 * is taken, and a FENCE stays between what came before and behind it.
 */
public final class Interleave {
    private Interleave() {}

    /**
     * Sorts a program by the cycle in which each command could start if queues had no end. A command that finds its
     * queue full then only holds up commands that could not start before it.
     *
     * @param program with its tokens, each given before it is taken
     * @param cycles what each command is predicted to take, at least 0
     */
    public static List<Command> byStart(List<Command> program, ToLongFunction<Command> cycles) {
        List<Long> starts = Timeline.unlimited(program, cycles).starts();
        return IntStream.range(0, program.size())
                .boxed()
                .sorted(Comparator.comparing(starts::get))
                .map(program::get)
                .toList();
    }
}
