package h2learn.cosim.lockstep;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.cosim.simulation.MismatchException;
import h2learn.cosim.simulation.Model;
import h2learn.model.machine.Machine;
import h2learn.model.machine.Space;
import java.util.Arrays;
import java.util.List;

/** Compares what commands wrote with the golden machine's memories, natively, and explains a difference. */
final class WordComparison {
    private static final long WORD_BUDGET = 1_000_000;
    private static final WordLayout MEMORY = new WordLayout(WordLayout.BEAT_BITS, 1);

    private final Model model;
    private final MemoryMap map;
    private final Machine machine;
    private final WrittenWords written;
    private final LockStepListener listener;
    private final String repeat;
    private long words;

    /** @param written by the machine's commands */
    WordComparison(
            Model model,
            MemoryMap map,
            Machine machine,
            WrittenWords written,
            LockStepListener listener,
            String repeat) {
        this.model = model;
        this.map = map;
        this.machine = machine;
        this.written = written;
        this.listener = listener;
        this.repeat = repeat;
    }

    /** 32-bit words compared so far. */
    long words() {
        return words;
    }

    /**
     * Compares all that was written.
     *
     * @param what wrote it, for a report
     * @param commands those since the written words were cleared
     * @param first number of the first of them in the whole run
     */
    void compare(String what, List<Command> commands, long first) {
        long ended = model.cycle();
        boolean differs = false;
        for (WrittenWords.Run run : written.runs()) {
            if (isVisible(run.space())) {
                int[] expected = expected(run);
                words += expected.length;
                differs |= !(listener.wantsWords() ? told(what, run, expected) : equal(run, expected));
            }
        }
        if (differs) {
            throw explain(what, commands, first, ended);
        }
    }

    /** Reads instead of comparing natively, which takes as many clock cycles: both runs go the same way. */
    private boolean told(String what, WrittenWords.Run run, int[] expected) {
        int[] got = got(run);
        int beats = layout(run.space()).beats();
        listener.compared(what, run.space().name(), (long) run.first() * beats, expected, got, null);
        return Arrays.equals(expected, got);
    }

    private static boolean isVisible(Space space) {
        return space != Space.ACCUMULATOR && space != Space.EMPTY_MARK;
    }

    private WordLayout layout(Space space) {
        return space == Space.MEMORY
                ? MEMORY
                : map.window(Scratchpad.valueOf(space.name())).layout();
    }

    private int[] expected(WrittenWords.Run run) {
        return run.space() == Space.MEMORY
                ? machine.external().read(4L * run.first(), run.count())
                : machine.read(Scratchpad.valueOf(run.space().name()), run.first(), run.count());
    }

    private int[] got(WrittenWords.Run run) {
        if (run.space() == Space.MEMORY) {
            return model.memory().read(4L * run.first(), run.count());
        }
        int[] beats = new int[run.count() * layout(run.space()).beats()];
        long address = map.window(Scratchpad.valueOf(run.space().name())).address(run.first());
        model.bus().batch().budget(WORD_BUDGET).readBlock(address, beats).run();
        return beats;
    }

    private boolean equal(WrittenWords.Run run, int[] expected) {
        if (run.space() == Space.MEMORY) {
            return model.memory().compare(4L * run.first(), expected) < 0;
        }
        long address = map.window(Scratchpad.valueOf(run.space().name())).address(run.first());
        try {
            model.bus()
                    .batch()
                    .budget(WORD_BUDGET)
                    .compareBlock(address, expected)
                    .run();
            return true;
        } catch (MismatchException difference) {
            return false;
        }
    }

    /** A word that differs, and the run of words that it lies in. */
    private record Wrong(WrittenWords.Run run, int beat, int[] expected, int[] got) {}

    /** Of all words that differ, the one whose command came first says most. */
    private ProgramMismatchException explain(String what, List<Command> commands, long first, long ended) {
        Wrong earliest = null;
        int writer = Integer.MAX_VALUE;
        for (WrittenWords.Run run : written.runs()) {
            if (isVisible(run.space())) {
                int[] expected = expected(run);
                int[] got = got(run);
                int beats = layout(run.space()).beats();
                for (int beat = 0; beat < expected.length; beat++) {
                    int by = written.writer(run.space(), run.first() + beat / beats);
                    if (expected[beat] != got[beat] && by < writer) {
                        writer = by;
                        earliest = new Wrong(run, beat, expected, got);
                    }
                }
            }
        }
        if (earliest == null) {
            throw new IllegalStateException("words differed after " + what + " and do so no more");
        }
        return exception(earliest, what, commands.get(writer), first + writer, ended);
    }

    private ProgramMismatchException exception(Wrong wrong, String what, Command command, long number, long ended) {
        Space space = wrong.run().space();
        WordLayout layout = layout(space);
        int word = wrong.run().first() + wrong.beat() / layout.beats();
        int expected = wrong.expected()[wrong.beat()];
        int got = wrong.got()[wrong.beat()];
        String text;
        String tensor;
        if (space == Space.MEMORY) {
            tensor = String.format("word of external memory at 0x%X", 4L * word);
            text = String.format(
                    "after %s external memory holds 0x%08X at address 0x%X, the machine 0x%08X",
                    what, got, 4L * word, expected);
        } else {
            tensor = "word " + word + " of " + space;
            text = String.format(
                    "after %s beat %d of word %d of %s is 0x%08X, in the machine 0x%08X",
                    what, wrong.beat() % layout.beats(), word, space, got, expected);
        }
        int inBeat = Integer.numberOfTrailingZeros(expected ^ got) / layout.elementBits();
        boolean signed =
                space == Space.MEMORY || Scratchpad.valueOf(space.name()).signed();
        Mismatch mismatch = new Mismatch(
                command.opcode().name(),
                tensor,
                (int) command.get(CommandField.LAYER),
                -1,
                -1,
                -1,
                -1,
                -1,
                wrong.beat() % layout.beats() * layout.elementsPerBeat() + inBeat,
                -1,
                layout.unpack(new int[] {expected}, 0, inBeat, signed),
                layout.unpack(new int[] {got}, 0, inBeat, signed),
                ended,
                -1);
        return new ProgramMismatchException(
                text + "; command " + number + " wrote it last: " + command,
                mismatch,
                TensorDifference.words(layout, signed, wrong.expected(), wrong.got()),
                ended,
                repeat);
    }
}
