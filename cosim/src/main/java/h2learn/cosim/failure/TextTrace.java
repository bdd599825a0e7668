package h2learn.cosim.failure;

import h2learn.contract.Command;
import h2learn.cosim.lockstep.LockStepListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a run in lock-step compares as two texts of the same form, one a side, that any diff tool holds against
 * each other: a line a command, a line that says what wrote the words that follow, and a line a 32-bit word. Bits that do
 * not matter are 0 in both. The commands alone go to a third text.
 */
final class TextTrace implements LockStepListener, AutoCloseable {
    static final String GOLDEN = "golden.txt";
    static final String SIMULATED = "rtl.txt";
    static final String COMMANDS = "commands.txt";

    private final BufferedWriter golden;
    private final BufferedWriter simulated;
    private final BufferedWriter commandsAlone;
    private long commands;

    /** @param folder that gets {@value #GOLDEN}, {@value #SIMULATED} and {@value #COMMANDS} */
    TextTrace(Path folder) throws IOException {
        golden = Files.newBufferedWriter(folder.resolve(GOLDEN));
        simulated = Files.newBufferedWriter(folder.resolve(SIMULATED));
        commandsAlone = Files.newBufferedWriter(folder.resolve(COMMANDS));
    }

    @Override
    public boolean wantsWords() {
        return true;
    }

    @Override
    public void command(Command command) {
        String line = "command " + commands++ + ": " + command;
        write(golden, line);
        write(simulated, line);
        write(commandsAlone, line);
    }

    @Override
    public void compared(String what, String space, long first, int[] expected, int[] got, int @Nullable [] masks) {
        write(golden, what);
        write(simulated, what);
        for (int index = 0; index < expected.length; index++) {
            int mask = masks == null ? -1 : masks[index];
            write(golden, word(space, first + index, expected[index] & mask));
            write(simulated, word(space, first + index, got[index] & mask));
        }
    }

    private static String word(String space, long index, int word) {
        return String.format(Locale.ROOT, "%s[%d] %08X", space, index, word);
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (golden;
                simulated;
                commandsAlone) {
            golden.flush();
        }
    }
}
