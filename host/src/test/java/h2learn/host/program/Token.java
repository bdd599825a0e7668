package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import java.util.ArrayList;
import java.util.List;

/** One token of a program: the i-th that a queue gives another is the i-th that it takes. */
record Token(int giver, int taker, CommandQueue from, CommandQueue to) {
    static List<Token> of(List<Command> program) {
        List<Token> tokens = new ArrayList<>();
        for (CommandQueue from : CommandQueue.values()) {
            for (CommandQueue to : CommandQueue.values()) {
                List<Integer> givers = new ArrayList<>();
                List<Integer> takers = new ArrayList<>();
                for (int index = 0; index < program.size(); index++) {
                    Command command = program.get(index);
                    if (command.opcode() != Opcode.FENCE) {
                        CommandQueue own = CommandQueue.of(command.opcode());
                        if (own == from && command.gives(to)) {
                            givers.add(index);
                        }
                        if (own == to && command.takes(from)) {
                            takers.add(index);
                        }
                    }
                }
                for (int number = 0; number < takers.size(); number++) {
                    tokens.add(new Token(givers.get(number), takers.get(number), from, to));
                }
            }
        }
        return tokens;
    }

    /** The program without it. */
    List<Command> without(List<Command> program) {
        List<Command> changed = new ArrayList<>(program);
        changed.set(giver, drop(program.get(giver), 0, 1 << to.ordinal()));
        changed.set(taker, drop(program.get(taker), 1 << from.ordinal(), 0));
        return changed;
    }

    static Command drop(Command command, int takes, int gives) {
        return command.withTokens(
                (int) command.get(CommandField.TAKE_TOKENS) & ~takes,
                (int) command.get(CommandField.GIVE_TOKENS) & ~gives);
    }
}
