package h2learn.cosim.cases;

/**
 * Whole numbers from {@code low} to {@code high}, both included.
 *
 * @param low the smallest
 * @param high the largest, at least {@code low}
 */
record Range(int low, int high) {
    Range {
        if (low > high) {
            throw new IllegalArgumentException(
                    "a range goes from its lower to its upper end, not " + low + ".." + high);
        }
    }

    /** For example {@code 5..7}, or {@code 8} alone. */
    @Override
    public String toString() {
        return low == high ? String.valueOf(low) : low + ".." + high;
    }
}
