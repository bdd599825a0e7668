package h2learn.host.predict;

import static h2learn.contract.CommandField.MEMORY_LOW;
import static h2learn.contract.CommandField.MEMORY_STRIDE;
import static h2learn.contract.CommandField.ROWS;
import static h2learn.contract.CommandField.ROW_WORDS;
import static h2learn.contract.CommandField.SCRATCHPAD;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Busy cycles of LOAD and STORE where no engine keeps them from the scratchpad: a bus word or a group of scratchpad beats
 * a cycle, whichever is slower, as long as bursts enough are under way to hide the memory's latency.
 */
public final class TransferCycles {
    /** Check, first burst and last word. */
    private static final int LOAD_ENDS = 6;

    private static final int STORE_ENDS = 8;
    /** Bursts end at multiples of so many bus words. */
    private static final int BURST_WORDS = 16;
    /** Bursts under way at most. */
    private static final int BURSTS = 8;
    /** From an answer to the address of the burst that takes its place. */
    private static final int TURN = 10;

    private final AcceleratorConfig config;
    private final MemoryMap map;
    private final int latency;

    /** @param latency cycles from a burst's address to its first word or its answer, at least 1 */
    public TransferCycles(AcceleratorConfig config, int latency) {
        this.config = config;
        this.latency = latency;
        map = new MemoryMap(config);
    }

    /** Cycles in which the command's engine is busy. */
    public long of(Command command) {
        Scratchpad[] scratchpads = Scratchpad.values();
        WordLayout layout =
                map.window(scratchpads[(int) command.get(SCRATCHPAD)]).layout();
        int busBeats = config.memoryBus().beats();
        long rows = command.get(ROWS);
        long rowBeats = command.get(ROW_WORDS) * layout.beats();
        long groups = rows * command.get(ROW_WORDS) * Math.max(1, layout.beats() / busBeats);
        List<Long> bursts = bursts(command, rowBeats);
        long busWords = bursts.stream().mapToLong(Long::longValue).sum();
        long moving = Math.max(groups, busWords);
        long last = command.opcode() == Opcode.LOAD ? moving : sent(bursts, (double) moving / busWords);
        // When all places of bursts are taken, the next one waits for an answer.
        long waiting = (bursts.size() - 1L) / BURSTS * (latency + TURN);
        int ends = command.opcode() == Opcode.LOAD ? LOAD_ENDS : STORE_ENDS;
        return ends + AcceleratorConfig.ceilLog2((int) rows) + latency + Math.max(last, waiting);
    }

    /** Bus words of each burst. */
    private List<Long> bursts(Command command, long rowBeats) {
        List<Long> bursts = new ArrayList<>();
        int busBeats = config.memoryBus().beats();
        for (long row = 0; row < command.get(ROWS); row++) {
            long beat = command.get(MEMORY_LOW) / 4 + row * command.get(MEMORY_STRIDE) / 4;
            long from = beat / busBeats;
            long to = (beat + rowBeats - 1) / busBeats + 1;
            while (from < to) {
                long end = Math.min(to, (from / BURST_WORDS + 1) * BURST_WORDS);
                bursts.add(end - from);
                from = end;
            }
        }
        return bursts;
    }

    /** When STORE has sent its last word: a burst leaves when it is collected and the one before has left. */
    private static long sent(List<Long> bursts, double cyclesAWord) {
        double collected = 0;
        long sent = 0;
        for (long words : bursts) {
            collected += words * cyclesAWord;
            sent = Math.max(sent, Math.round(collected)) + words;
        }
        return sent;
    }
}
