package h2learn.host.program;

import h2learn.model.machine.Space;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The words of all spaces cut into segments, so that each run of each access given is a run of whole segments: what
 * holds for one word of a segment holds for all. Segments are numbered from 0 through all spaces.
 */
final class Segments {
    private static final int SMALLEST = 1 << 10;
    private static final int NEAR = 16;

    /** Takes the number of a segment. */
    @FunctionalInterface
    interface Taker {
        void segment(int segment);
    }

    /** Bounds of one space: segment i reaches from bounds[i] to bounds[i + 1], its number is first + i. */
    private static final class Part {
        final long[] bounds;
        final int first;

        Part(long[] bounds, int first) {
            this.bounds = bounds;
            this.first = first;
        }

        int indexOf(long bound) {
            return Arrays.binarySearch(bounds, bound);
        }
    }

    private final Map<Space, Part> parts = new EnumMap<>(Space.class);
    private int count;

    Segments(Stream<Access> accesses) {
        Map<Space, Bounds> bounds = new EnumMap<>(Space.class);
        accesses.forEach(access -> {
            Bounds own = bounds.computeIfAbsent(access.space(), none -> new Bounds());
            access.runs((from, to) -> {
                own.add(from);
                own.add(to);
            });
        });
        bounds.forEach((space, own) -> {
            parts.put(space, new Part(own.sorted(), count));
            count += own.used - 1;
        });
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Hands over the segments of an access, one of those that the segments were made of; some twice if its runs overlap. */
    void of(Access access, Taker taker) {
        Part part = Objects.requireNonNull(parts.get(access.space()), "segments of that space");
        long[] bounds = part.bounds;
        int index = 0;
        for (long run = 0; run < access.count(); run++) {
            long from = access.first() + run * access.stride();
            index = find(bounds, index, from);
            for (; bounds[index] < from + access.length(); index++) {
                taker.segment(part.first + index);
            }
        }
    }

    /** The index of a bound, likely little behind {@code hint}. */
    private static int find(long[] bounds, int hint, long bound) {
        int near = hint;
        while (near < hint + NEAR && near < bounds.length && bounds[near] < bound) {
            near++;
        }
        return near < bounds.length && bounds[near] == bound ? near : Arrays.binarySearch(bounds, bound);
    }

    /** Hands over the segments that have a word of a run in them. */
    void of(Space space, long from, long to, Taker taker) {
        Part part = parts.get(space);
        if (part == null) {
            return;
        }
        int index = part.indexOf(from);
        if (index < 0) {
            index = Math.max(0, -index - 2);
        }
        for (; index + 1 < part.bounds.length && part.bounds[index] < to; index++) {
            if (part.bounds[index + 1] > from) {
                taker.segment(part.first + index);
            }
        }
    }

    /** First word of a segment of {@code space}. */
    long firstWord(Space space, int segment) {
        Part part = Objects.requireNonNull(parts.get(space), "a segment of that space");
        return part.bounds[segment - part.first];
    }

    /** The word behind the last of a segment of {@code space}. */
    long endWord(Space space, int segment) {
        return firstWord(space, segment + 1);
    }

    /** A growing set of numbers. */
    private static final class Bounds {
        private long[] values = new long[SMALLEST];
        private int used;

        void add(long value) {
            if (used == values.length) {
                compact();
                if (used > values.length / 2) {
                    values = Arrays.copyOf(values, 2 * values.length);
                }
            }
            values[used++] = value;
        }

        private void compact() {
            Arrays.sort(values, 0, used);
            int kept = 0;
            for (int index = 0; index < used; index++) {
                if (kept == 0 || values[index] != values[kept - 1]) {
                    values[kept++] = values[index];
                }
            }
            used = kept;
        }

        long[] sorted() {
            compact();
            return Arrays.copyOf(values, used);
        }
    }
}
