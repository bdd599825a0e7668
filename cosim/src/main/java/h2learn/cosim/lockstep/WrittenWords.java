package h2learn.cosim.lockstep;

import h2learn.model.machine.AccessListener;
import h2learn.model.machine.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The words that a machine's commands wrote, of each space, since the last {@link #clear()}. */
final class WrittenWords implements AccessListener {
    /** Words {@code first} to {@code first + count - 1}. */
    record Run(Space space, int first, int count) {}

    private final Map<Space, BitSet> written = new EnumMap<>(Space.class);
    private final Map<Space, int[]> writers = new EnumMap<>(Space.class);
    private int command;

    WrittenWords() {
        for (Space space : Space.values()) {
            written.put(space, new BitSet());
            writers.put(space, new int[0]);
        }
    }

    /** The commands from here on are number {@code index} of those since {@link #clear()}. */
    void command(int index) {
        command = index;
    }

    @Override
    public void read(Space space, long word) {}

    @Override
    public void write(Space space, long word) {
        BitSet words = written.get(space);
        if (words != null) {
            int index = Math.toIntExact(word);
            words.set(index);
            int[] last = writers.get(space);
            if (index >= last.length) {
                last = Arrays.copyOf(last, Math.max(index + 1, 2 * last.length));
                writers.put(space, last);
            }
            last[index] = command;
        }
    }

    void clear() {
        written.values().forEach(BitSet::clear);
        command = 0;
    }

    /** Which command wrote a word last. */
    int writer(Space space, int word) {
        return writers.get(space)[word];
    }

    /** In the order of spaces and words. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        written.forEach((space, words) -> {
            for (int first = words.nextSetBit(0); first >= 0; ) {
                int end = words.nextClearBit(first);
                runs.add(new Run(space, first, end - first));
                first = words.nextSetBit(end);
            }
        });
        return runs;
    }
}
