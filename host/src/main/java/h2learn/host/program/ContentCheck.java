package h2learn.host.program;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.program.Access.Use;
import h2learn.model.machine.Space;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows what every word holds through a program run in order: nothing, ds that counts only where BACKWARD's marks say
 * so, or a value; and which command computed it, through STORE and LOAD. Finds what is read before it is written, and
 * tensors that a command of another layer has overwritten.
 */
final class ContentCheck {
    private static final byte NOTHING = 0;
    private static final byte SPARSE = 1;
    private static final byte VALUE = 2;
    /** Computed by no command of the program. */
    private static final int GIVEN = -1;
    /** Loaded from where tensors of several layers lie. */
    private static final int MIXED = -2;

    private final Spaces spaces;
    private final List<Command> commands;
    private final Problems problems;
    private final Segments segments;
    private final byte[] content;
    private final int[] origin;
    private boolean passed;
    private boolean reported;
    /** The command that wrote all marks of empty points which the present command reads. */
    private int marksOrigin;

    ContentCheck(Spaces spaces, List<Command> commands, Segments segments, Problems problems) {
        this.spaces = spaces;
        this.commands = commands;
        this.segments = segments;
        this.problems = problems;
        content = new byte[segments.count()];
        origin = new int[segments.count()];
        Arrays.fill(origin, GIVEN);
    }

    /** These words hold values before the program starts. */
    void given(Access access) {
        segments.of(access, segment -> content[segment] = VALUE);
    }

    /** The next command of the program. */
    void next(int index, List<Access> footprint) {
        Command command = commands.get(index);
        passed = true;
        marksOrigin = GIVEN;
        for (Access access : footprint) {
            if (access.space() == Space.EMPTY_MARK && !access.use().writes()) {
                segments.of(access, segment -> marksOrigin = marksOrigin == GIVEN || marksOrigin == origin[segment]
                        ? origin[segment]
                        : MIXED);
            }
        }
        for (Access access : footprint) {
            reported = false;
            if (!access.use().writes()) {
                segments.of(access, segment -> read(index, access, segment));
            }
        }
        if (command.opcode() == Opcode.LOAD || command.opcode() == Opcode.STORE) {
            move(command, footprint.get(0), footprint.get(1));
            return;
        }
        for (Access access : footprint) {
            if (access.use().writes()) {
                byte holds = access.use() == Use.WRITE_SPARSE
                        ? SPARSE
                        : access.use() == Use.WRITE || passed ? VALUE : NOTHING;
                segments.of(access, segment -> {
                    content[segment] = holds;
                    origin[segment] = index;
                });
            }
        }
    }

    private void read(int index, Access access, int segment) {
        if (access.use() == Use.READ_PASSED) {
            passed &= content[segment] == VALUE;
            return;
        }
        String fault = fault(index, access, segment);
        if (fault != null && !reported) {
            reported = true;
            problems.of(
                    index,
                    "reads " + access.space() + " word " + segments.firstWord(access.space(), segment) + fault);
        }
    }

    private @Nullable String fault(int index, Access access, int segment) {
        if (content[segment] == NOTHING) {
            return access.space() == Space.MEMORY
                    ? " (of 4 bytes), which is no input and which no earlier command stores"
                    : ", which no earlier command writes";
        }
        if (content[segment] == SPARSE && access.use() != Use.READ_SPARSE) {
            return ", ds that BACKWARD has written only in part: only SPARSE_DS may read that";
        }
        int writer = origin[segment];
        if (writer == GIVEN) {
            return null;
        }
        if (writer == MIXED) {
            return ", which was loaded from tensors of several layers";
        }
        if (!Origins.fits(commands.get(index), access.space(), commands.get(writer))) {
            return ", which was last written by " + problems.name(writer) + ", not by what this command reads from";
        }
        if (access.use() == Use.READ_SPARSE && !marks(commands.get(index), writer)) {
            return ", whose marks of empty points are no longer, or never were, those of " + problems.name(writer);
        }
        return null;
    }

    /** Whether the marks that a reader of ds finds were written with that ds, point for point. */
    private boolean marks(Command reader, int writer) {
        Command backward = commands.get(writer);
        return marksOrigin == writer
                && backward.opcode() == Opcode.BACKWARD
                && backward.get(CommandField.TRACE_BELOW) == reader.get(CommandField.TRACE)
                && backward.get(CommandField.STEPS) == reader.get(CommandField.STEPS);
    }

    /** LOAD and STORE: what a word is and where it is from moves along. */
    private void move(Command command, Access inScratchpad, Access inMemory) {
        Scratchpad scratchpad = Scratchpad.values()[(int) command.get(CommandField.SCRATCHPAD)];
        long beats = spaces.beats(scratchpad);
        boolean loads = command.opcode() == Opcode.LOAD;
        Access source = loads ? inMemory : inScratchpad;
        Access target = loads ? inScratchpad : inMemory;
        long rows = command.get(CommandField.ROWS);
        long words = command.get(CommandField.ROW_WORDS);
        for (long row = 0; row < rows; row++) {
            long scratchpadRow = command.get(CommandField.SCRATCHPAD_WORD) + row * command.get(CommandField.SCRATCHPAD_STRIDE);
            long memoryRow = inMemory.first() + row * (command.get(CommandField.MEMORY_STRIDE) / 4);
            long from = loads ? scratchpadRow : memoryRow;
            long length = loads ? words : words * beats;
            segments.of(target.space(), from, from + length, segment -> {
                long first = segments.firstWord(target.space(), segment) - from;
                long last = segments.endWord(target.space(), segment) - from - 1;
                long at = loads ? memoryRow + first * beats : scratchpadRow + first / beats;
                long end = loads ? memoryRow + (last + 1) * beats : scratchpadRow + last / beats + 1;
                content[segment] = NOTHING;
                segments.of(source.space(), at, end, found -> {
                    origin[segment] = content[segment] == NOTHING || same(origin[segment], origin[found])
                            ? origin[found]
                            : MIXED;
                    content[segment] = VALUE;
                });
            });
        }
    }

    /** Whether two commands compute parts of one tensor. */
    private boolean same(int one, int other) {
        if (one < 0 || other < 0) {
            return one == other;
        }
        Command first = commands.get(one);
        Command second = commands.get(other);
        return first.opcode() == second.opcode() && first.get(CommandField.LAYER) == second.get(CommandField.LAYER);
    }
}
