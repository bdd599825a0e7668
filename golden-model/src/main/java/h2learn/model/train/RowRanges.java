package h2learn.model.train;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/** The weight matrices of a network cut into ranges of rows, the units of work of an update. */
record RowRanges(List<Range> ranges) {
    /** At most; fewer where that leaves too little to share out. */
    private static final int ROWS = 32;

    private static final int RANGES = 8;

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of one layer. */
    record Range(int layer, int from, int to) {}

    static RowRanges of(Network network) {
        List<Range> ranges = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
            int rows = Math.min(ROWS, (shape.outputs() + RANGES - 1) / RANGES);
            for (int from = 0; from < shape.outputs(); from += rows) {
                ranges.add(new Range(shape.index(), from, Math.min(shape.outputs(), from + rows)));
            }
        }
        return new RowRanges(List.copyOf(ranges));
    }
}
