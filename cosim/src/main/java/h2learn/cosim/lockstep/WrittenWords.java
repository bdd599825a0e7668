package h2learn.cosim.lockstep;

import h2learn.model.machine.AccessListener;
import h2learn.model.machine.Space;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The words that a machine's commands wrote, of each space, since the last {@link #clear()}. */
final class WrittenWords implements AccessListener {
    /** Words {@code first} to {@code first + count - 1}. */
    record Run(Space space, int first, int count) {}

    private final Map<Space, BitSet> written = new EnumMap<>(Space.class);

    WrittenWords() {
        for (Space space : Space.values()) {
            written.put(space, new BitSet());
        }
    }

    @Override
    public void read(Space space, long word) {}

    @Override
    public void write(Space space, long word) {
        BitSet words = written.get(space);
        if (words != null) {
            words.set(Math.toIntExact(word));
        }
    }

    void clear() {
        written.values().forEach(BitSet::clear);
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
