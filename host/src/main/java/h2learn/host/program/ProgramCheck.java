package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.program.Access.Use;
import h2learn.model.machine.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks a program without running it: fields and addresses, tokens, the order of commands that touch the same words,
 * and that everything is written before it is read. It trusts neither the planner nor {@link Tokens}.
 */
public final class ProgramCheck {
    private final Spaces spaces;
    private final List<Access> given = new ArrayList<>();

    /** @param memoryBytes size of the external memory */
    public ProgramCheck(AcceleratorConfig config, long memoryBytes) {
        spaces = new Spaces(config, memoryBytes);
    }

    /**
     * The host has written this part of external memory before the program starts.
     *
     * @param address byte address, a multiple of 4
     * @param bytes a multiple of 4
     */
    public ProgramCheck input(long address, long bytes) {
        return given(Space.MEMORY, address / 4, bytes / 4);
    }

    /** The host, or a program before, has written these words of a scratchpad. */
    public ProgramCheck input(Scratchpad scratchpad, long firstWord, long words) {
        return given(Space.of(scratchpad), firstWord, words);
    }

    private ProgramCheck given(Space space, long first, long length) {
        Access access = new Access(space, Use.WRITE, first, 1, length, length);
        if (!spaces.hold(access)) {
            throw new IllegalArgumentException("the input " + access + " does not lie in the "
                    + spaces.words(space) + " words of " + space);
        }
        given.add(access);
        return this;
    }

    /** Everything that is wrong with a program, a sentence each; empty when it is right. */
    public List<String> problems(List<Command> commands) {
        Problems problems = new Problems(commands);
        FieldCheck fields = new FieldCheck(spaces);
        boolean[] sound = new boolean[commands.size()];
        for (int index = 0; index < sound.length; index++) {
            int at = index;
            List<String> own = fields.problems(commands.get(index));
            own.forEach(sentence -> problems.of(at, sentence));
            sound[index] = own.isEmpty();
        }
        TokenCheck tokens = new TokenCheck(commands, problems);
        tokens.run();
        Segments segments = new Segments(Stream.concat(
                given.stream(),
                Stream.iterate(0, index -> index < sound.length, index -> index + 1)
                        .filter(index -> sound[index])
                        .flatMap(index -> spaces.footprint(commands.get(index)).stream())));
        OrderCheck order = new OrderCheck(segments, problems);
        ContentCheck content = new ContentCheck(spaces, commands, segments, problems);
        given.forEach(content::given);
        for (int index = 0; index < sound.length; index++) {
            Command command = commands.get(index);
            if (sound[index] && command.opcode() != Opcode.FENCE) {
                List<Access> footprint = spaces.footprint(command);
                int[] clock = tokens.clock(index);
                if (clock != null) {
                    order.next(index, command, footprint, clock);
                }
                content.next(index, footprint);
            }
        }
        return problems.all();
    }

    /** Throws {@link IllegalArgumentException} with all that is wrong with a program. */
    public void require(List<Command> commands) {
        List<String> problems = problems(commands);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the program is wrong:\n  " + String.join("\n  ", problems));
        }
    }
}
