package h2learn.host.plan;

import java.util.ArrayList;
import java.util.List;

/** Neighbouring samples, rows or blocks: {@code from} (inclusive) to {@code to} (exclusive). */
record Range(int from, int to) {
    Range {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("no range from " + from + " to " + to);
        }
    }

    static Range all(int count) {
        return new Range(0, count);
    }

    int count() {
        return to - from;
    }

    /** Ranges of {@code size}, of which the last may be shorter. */
    static List<Range> pieces(int count, int size) {
        List<Range> pieces = new ArrayList<>();
        for (int from = 0; from < count; from += size) {
            pieces.add(new Range(from, Math.min(count, from + size)));
        }
        return List.copyOf(pieces);
    }

    /** The size with which as few pieces as {@code most} gives are as equal as can be. */
    static int even(int count, int most) {
        int pieces = (count + most - 1) / most;
        return (count + pieces - 1) / pieces;
    }
}
