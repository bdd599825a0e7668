package h2learn.rtl.layer;

import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import java.util.List;

/** Where a walk over the points of a layer's output is: [sample][row][column][step], steps fastest. */
public final class PointState extends Bundle<PointState> {
    /** Largest output coordinate times the largest stride. */
    public static final int COORDINATE_BITS = 12;

    /** All bits. */
    public static final int WIDTH = 3 * 8 + 2 * COORDINATE_BITS + 4 * Geometry.BITS;

    public final UInt step = field(Circuit.uint(8));
    public final UInt column = field(Circuit.uint(8));
    public final UInt row = field(Circuit.uint(8));
    /** Column and row of the point's first tap in the padded input. */
    public final UInt inputColumn = field(Circuit.uint(COORDINATE_BITS));

    public final UInt inputRow = field(Circuit.uint(COORDINATE_BITS));
    /** Input word of the point's first tap, behind that of the first point; likewise of its position, row and sample. */
    public final UInt address = field(Circuit.uint(Geometry.BITS));

    public final UInt positionAddress = field(Circuit.uint(Geometry.BITS));
    public final UInt rowAddress = field(Circuit.uint(Geometry.BITS));
    public final UInt sampleAddress = field(Circuit.uint(Geometry.BITS));

    private PointState() {}

    public static Type<PointState> bundle() {
        return Bundle.type(PointState::new);
    }

    /** Sets everything to the first point. */
    public void assignFirst() {
        all().forEach(element -> element.assign(0));
    }

    private List<UInt> all() {
        return List.of(step, column, row, inputColumn, inputRow, address, positionAddress, rowAddress, sampleAddress);
    }
}
