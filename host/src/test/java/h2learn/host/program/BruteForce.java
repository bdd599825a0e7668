package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.model.machine.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Conflicts word by word and order by the closure of a graph, for small programs. */
final class BruteForce {
    private record Word(Space space, long word) {}

    private BruteForce() {}

    static boolean hasUnorderedConflict(List<Command> program, AcceleratorConfig config) {
        boolean[][] before = before(program);
        List<Set<Word>> read = new ArrayList<>();
        List<Set<Word>> written = new ArrayList<>();
        for (Command command : program) {
            read.add(words(command, config, false));
            written.add(words(command, config, true));
        }
        for (int first = 0; first < before.length; first++) {
            for (int second = first + 1; second < before.length; second++) {
                boolean conflict = meet(written.get(first), written.get(second))
                        || meet(read.get(first), written.get(second))
                        || meet(written.get(first), read.get(second));
                if (conflict && !before[first][second]) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean[][] before(List<Command> program) {
        int count = program.size();
        boolean[][] before = new boolean[count][count];
        for (int first = 0; first < count; first++) {
            for (int second = first + 1; second < count; second++) {
                Opcode one = program.get(first).opcode();
                Opcode other = program.get(second).opcode();
                before[first][second] = one == Opcode.FENCE
                        || other == Opcode.FENCE
                        || CommandQueue.of(one) == CommandQueue.of(other);
            }
        }
        Token.of(program).forEach(token -> before[token.giver()][token.taker()] = true);
        for (int through = 0; through < count; through++) {
            for (int first = 0; first < count; first++) {
                for (int second = 0; before[first][through] && second < count; second++) {
                    before[first][second] |= before[through][second];
                }
            }
        }
        return before;
    }

    private static Set<Word> words(Command command, AcceleratorConfig config, boolean writes) {
        Set<Word> words = new HashSet<>();
        for (Access access : Footprint.of(command, config)) {
            if (access.use().writes() == writes) {
                access.runs((from, to) -> {
                    for (long word = from; word < to; word++) {
                        words.add(new Word(access.space(), word));
                    }
                });
            }
        }
        return words;
    }

    private static boolean meet(Set<Word> one, Set<Word> other) {
        return one.stream().anyMatch(other::contains);
    }
}
