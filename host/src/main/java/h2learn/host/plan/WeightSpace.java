package h2learn.host.plan;

/**
 * Gives out weight blocks of the scratchpads, one piece behind the other, and begins again at 0 where the rest is too
 * short: what is asked for later overlaps the latest pieces last.
 */
final class WeightSpace {
    private final int capacity;
    private int next;

    WeightSpace(int capacity) {
        this.capacity = capacity;
    }

    /** First block of a piece. */
    int take(int blocks) {
        if (blocks > capacity) {
            throw new IllegalArgumentException(blocks + " weight blocks do not fit " + capacity);
        }
        int first = next + blocks <= capacity ? next : 0;
        next = first + blocks;
        return first;
    }
}
