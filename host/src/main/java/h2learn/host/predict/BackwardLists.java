package h2learn.host.predict;

import h2learn.contract.MemoryMap;

/** The engine's gradient lister, cycle by cycle: one gradient a cycle, an empty word takes one, a point one more. */
final class BackwardLists {
    private final BackwardWork work;
    private final int lanes;
    private final long[] start;
    private int[] left;
    private int block;
    private boolean holding;
    private long tail;
    private long head;
    private int listed;

    /** @param lanes N */
    BackwardLists(BackwardWork work, int lanes) {
        this.work = work;
        this.lanes = lanes;
        start = new long[work.outputPoints() + 1];
        left = new int[work.outputBlocks];
    }

    boolean busy() {
        return listed < work.outputPoints();
    }

    /** Complete lists. */
    int listed() {
        return listed;
    }

    /** One cycle. @param needed the first output point that is still needed */
    void cycle(int needed) {
        int points = listed - needed;
        boolean none = points <= 0;
        boolean room = tail - head + (long) work.outputBlocks * lanes < MemoryMap.LIST_ENTRIES
                && (none || points < MemoryMap.LISTED_POINTS);
        head = none ? tail : start[needed];
        if (!busy()) {
            return;
        }
        if (!holding) {
            if (room) {
                holding = true;
                block = 0;
                start[listed] = tail;
                left = work.countByBlock(listed);
            }
            return;
        }
        if (left[block] > 0) {
            tail++;
            left[block]--;
        }
        if (left[block] == 0) {
            block++;
            if (block == work.outputBlocks) {
                holding = false;
                listed++;
            }
        }
    }
}
