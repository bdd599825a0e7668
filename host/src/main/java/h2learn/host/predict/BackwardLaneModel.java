package h2learn.host.predict;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One lane of the engine, cycle by cycle. */
final class BackwardLaneModel {
    private static final int RESULT_DEPTH = 16;
    /** Cycles from the grant of a sum's last weight to its ds at the head of the queue. */
    private static final int RESULT_LATENCY = 8;

    /** @param mask wanted channels of the group, bit k channel k * B + group of the word */
    record Item(BackwardPoint point, int block, int group, long mask) {}

    /** A multiplication between issue and grant. */
    private record Term(int group, int element, int weightBlock, boolean last) {
        boolean sameWord(@Nullable Term other) {
            return other != null
                    && group == other.group
                    && element == other.element
                    && weightBlock == other.weightBlock;
        }
    }

    private record Result(long cycle, int group) {}

    private final BackwardWork work;
    private final Deque<Result> results = new ArrayDeque<>();
    private @Nullable Item waiting;
    private @Nullable Item hand;
    private long mask;
    private int segment;
    private int index;
    private @Nullable Term term1;
    private @Nullable Term term2;
    private @Nullable Term held;
    private boolean fetch;
    private int underway;

    BackwardLaneModel(BackwardWork work) {
        this.work = work;
    }

    boolean idle() {
        return hand == null;
    }

    boolean ready() {
        return waiting == null;
    }

    boolean draining() {
        return underway > 0;
    }

    void give(Item item) {
        waiting = item;
    }

    /** The weight bank that is asked for, -1 for none. */
    int weightGroup() {
        return term2 != null && fetch ? term2.group : -1;
    }

    /** The write port that is asked for, -1 for none. */
    int resultGroup(long cycle) {
        Result first = results.peek();
        return first != null && first.cycle <= cycle ? first.group : -1;
    }

    /** One cycle. @return whether a multiplication was issued */
    boolean cycle(long cycle, boolean granted, boolean resultTaken) {
        boolean advance2 = term2 == null || !fetch || granted;
        boolean advance1 = term1 == null || advance2;
        Item item = hand;
        boolean issue = item != null && advance1 && underway < RESULT_DEPTH;
        if (resultTaken) {
            results.remove();
            underway--;
        }
        if (advance2) {
            if (term2 != null && term2.last) {
                results.add(new Result(cycle + RESULT_LATENCY, term2.group));
            }
            term2 = term1;
            if (term1 != null) {
                fetch = !term1.sameWord(held);
                held = term1;
            }
        }
        if (advance1) {
            term1 = item != null && issue ? issue(item) : null;
        }
        if (hand == null && waiting != null) {
            hand = waiting;
            mask = waiting.mask;
            waiting = null;
        }
        return issue;
    }

    private Term issue(Item item) {
        BackwardWork.Visit visit = item.point.visits.get(segment);
        int[] list = work.list(visit.point());
        int element = Long.numberOfTrailingZeros(mask);
        int weightBlock = list[index] + item.block + visit.tapBlocks();
        index++;
        boolean last = false;
        if (index == list.length) {
            index = 0;
            segment++;
            last = segment == item.point.visits.size();
        }
        if (last) {
            segment = 0;
            underway++;
            mask &= mask - 1;
            if (mask == 0) {
                item.point.pending--;
                hand = null;
            }
        }
        return new Term(item.group, element, weightBlock, last);
    }
}
