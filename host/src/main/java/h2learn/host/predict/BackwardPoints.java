package h2learn.host.predict;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine's walk over the points of the layer below, cycle by cycle: one cycle for each output point that reads a
 * point, one more for the point; it waits for lists that are not complete.
 */
final class BackwardPoints {
    private final BackwardWork work;
    /** Cycles to the image's first point. */
    private int entering;

    private int point;
    private List<BackwardWork.Visit> visits = List.of();
    private List<BackwardWork.Visit> found = new ArrayList<>();
    private int visited;
    private boolean visiting;

    BackwardPoints(BackwardWork work) {
        this.work = work;
        entering = Math.max(work.padding, work.topPadding) + 1;
    }

    boolean busy() {
        return point < work.inputPoints();
    }

    int firstNeeded() {
        return work.firstNeeded(point);
    }

    /** One cycle; the point that gets listed in it, absent where none does. */
    @Nullable
    BackwardPoint cycle(int listed, boolean full) {
        if (entering > 0) {
            entering--;
            return null;
        }
        if (!visiting) {
            if (busy() && !full) {
                visiting = true;
                visited = 0;
                visits = work.visits(point);
                found = new ArrayList<>();
            }
            return null;
        }
        if (visited < visits.size()) {
            BackwardWork.Visit visit = visits.get(visited);
            if (visit.point() >= listed) {
                return null;
            }
            if (work.list(visit.point()).length > 0) {
                found.add(visit);
            }
            visited++;
        }
        if (visited < visits.size()) {
            return null;
        }
        visiting = false;
        int done = point++;
        return found.isEmpty() ? null : new BackwardPoint(done, found, work.firstNeeded(done));
    }
}
