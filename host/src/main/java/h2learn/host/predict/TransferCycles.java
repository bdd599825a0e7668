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

/**
 * Busy cycles of LOAD and STORE where no engine keeps them from the scratchpad: a bus word or a group of scratchpad beats
 * a cycle, whichever is slower, as long as bursts enough are under way to hide the memory's latency.
 */
public final class TransferCycles {
    /** Check, first burst and last word. */
    private static final int LOAD_ENDS = 6;

    private static final int STORE_ENDS = 8;
    /** Bus words of the longest burst; STORE collects a whole burst before it announces it. */
    private static final int BURST_WORDS = 16;
    /** From an answer to the address of the burst that takes its place. */
    private static final int TURN = 10;
    /** Bursts under way at most. */
    private static final int BURSTS = 8;

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
        long busWords = 0;
        long bursts = 0;
        for (long row = 0; row < rows; row++) {
            long first = command.get(MEMORY_LOW) / 4 + row * command.get(MEMORY_STRIDE) / 4;
            long words = (first % busBeats + rowBeats + busBeats - 1) / busBeats;
            busWords += words;
            bursts += (words + BURST_WORDS - 1) / BURST_WORDS;
        }
        long moving = Math.max(groups, busWords);
        // When all places of bursts are taken, the next one waits for an answer.
        long waiting = (bursts - 1) / BURSTS * (latency + TURN);
        long check = AcceleratorConfig.ceilLog2((int) rows);
        if (command.opcode() == Opcode.LOAD) {
            return LOAD_ENDS + check + latency + Math.max(moving, waiting);
        }
        long collected = Math.min(BURST_WORDS, (rowBeats + busBeats - 1) / busBeats);
        return STORE_ENDS + check + collected + latency + Math.max(moving, waiting);
    }
}
