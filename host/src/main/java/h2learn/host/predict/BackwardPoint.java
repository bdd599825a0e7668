package h2learn.host.predict;

import java.util.List;

/** A point of the layer below in flight: the output points with gradients that read it, and how far it has come. */
final class BackwardPoint {
    final int point;
    final List<BackwardWork.Visit> visits;
    final int firstNeeded;
    boolean scanned;
    /** Items that lanes have of it. */
    int pending;

    BackwardPoint(int point, List<BackwardWork.Visit> visits, int firstNeeded) {
        this.point = point;
        this.visits = visits;
        this.firstNeeded = firstNeeded;
    }

    boolean through() {
        return scanned && pending == 0;
    }
}
