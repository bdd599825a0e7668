package h2learn.model;

/** What a network's class counts mean. */
public final class Classes {
    private Classes() {}

    /** The class with the largest count; of several, the one with the lowest index. */
    public static int predicted(int[] classCounts) {
        int best = 0;
        for (int index = 1; index < classCounts.length; index++) {
            if (classCounts[index] > classCounts[best]) {
                best = index;
            }
        }
        return best;
    }
}
