package h2learn.host.program;

import h2learn.contract.Command;
import java.util.ArrayList;
import java.util.List;

/** Collects sentences about the commands of one program. */
final class Problems {
    /** A fault in one command shows in many others; the first ones tell. */
    private static final int MOST = 100;

    private final List<Command> commands;
    private final List<String> sentences = new ArrayList<>();
    private int more;

    Problems(List<Command> commands) {
        this.commands = commands;
    }

    void add(String sentence) {
        if (sentences.size() < MOST) {
            sentences.add(sentence);
        } else {
            more++;
        }
    }

    /** A sentence about one command. */
    void of(int index, String sentence) {
        add(name(index) + " " + sentence);
    }

    /** A command in the middle of a sentence. */
    String name(int index) {
        return "command " + index + " (" + commands.get(index) + ")";
    }

    List<String> all() {
        List<String> all = new ArrayList<>(sentences);
        if (more > 0) {
            all.add("and " + more + " problems more");
        }
        return List.copyOf(all);
    }
}
