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
    private static final int BURSTS = 16;
    /** Bus words that LOAD has a place for. */
    private static final int READ_WORDS = 128;
    /** From the last word, or the answer, of a burst to the address of the one that takes its place. */
    private static final int LOAD_TURN = 1;

    private static final int STORE_TURN = 4;

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
        double cyclesAWord = (double) Math.max(groups, busWords) / busWords;
        long ends = AcceleratorConfig.ceilLog2((int) rows);
        return command.opcode() == Opcode.LOAD
                ? LOAD_ENDS + ends + Math.round(arrived(bursts, cyclesAWord))
                : STORE_ENDS + ends + latency + sent(bursts, cyclesAWord);
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

    /** When LOAD's last word is in its scratchpad: a burst is asked for a cycle after the one before, if a place is free. */
    private double arrived(List<Long> bursts, double cyclesAWord) {
        long[] ends = new long[bursts.size()];
        double[] moved = new double[bursts.size()];
        long asked = -1;
        long end = 0;
        double last = 0;
        int oldest = 0;
        long reserved = 0;
        for (int burst = 0; burst < ends.length; burst++) {
            asked = Math.max(asked + 1, burst < BURSTS ? 0 : ends[burst - BURSTS] + LOAD_TURN);
            reserved += bursts.get(burst);
            while (reserved > READ_WORDS) {
                asked = Math.max(asked, (long) moved[oldest]);
                reserved -= bursts.get(oldest);
                oldest++;
            }
            long begin = Math.max(asked + latency, end);
            end = begin + bursts.get(burst);
            ends[burst] = end;
            last = Math.max(begin, last) + bursts.get(burst) * cyclesAWord;
            moved[burst] = last;
        }
        return last;
    }

    /** When STORE has sent its last word: a burst leaves when it is collected, the one before has left, and a place is free. */
    private long sent(List<Long> bursts, double cyclesAWord) {
        long[] ends = new long[bursts.size()];
        double collected = 0;
        long sent = 0;
        for (int burst = 0; burst < ends.length; burst++) {
            collected += bursts.get(burst) * cyclesAWord;
            long free = burst < BURSTS ? 0 : ends[burst - BURSTS] + latency + STORE_TURN;
            sent = Math.max(Math.max(sent, free), Math.round(collected)) + bursts.get(burst);
            ends[burst] = sent;
        }
        return sent;
    }
}
