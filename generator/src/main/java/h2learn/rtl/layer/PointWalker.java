package h2learn.rtl.layer;

import static h2learn.rtl.layer.Geometry.COLUMN_STRIDE;
import static h2learn.rtl.layer.Geometry.ROW_STRIDE;
import static h2learn.rtl.layer.Geometry.SAMPLE_PITCH;
import static h2learn.rtl.layer.Geometry.STEP_PITCH;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import java.util.Map;

/**
 * Walks over the points of a layer's output and gives the input address of each one's first tap; those of other taps lie
 * a constant further. The one address generator of forward and weight gradient: a dense layer is a 1x1 image.
 */
public final class PointWalker extends Circuit {
    public final Map<Geometry, UInt> geometry =
            GeometryPorts.inputs(STEP_PITCH, COLUMN_STRIDE, ROW_STRIDE, SAMPLE_PITCH);
    /** Steps of the input: 1 where it is static. */
    public final UInt steps = in(uint(8));

    public final UInt columns = in(uint(8));
    public final UInt rows = in(uint(8));
    public final UInt stride = in(uint(4));

    public final Bool advance = in(bool());
    /** Goes to {@code loaded}; wins over {@code advance}. */
    public final Bool load = in(bool());

    public final PointState loaded = in(PointState.bundle());
    public final PointState state = outReg(PointState.bundle());
    /** The point is the last of its row. */
    public final Bool lastOfRow = out(bool());

    public final Bool lastOfSample = out(bool());

    public PointWalker(String name) {
        moduleName(name);
        Bool lastStep = state.step.eq(steps.sub(1));
        Bool lastColumn = state.column.eq(columns.sub(1));
        Bool lastRow = state.row.eq(rows.sub(1));
        lastOfRow.assign(lastStep.and(lastColumn));
        lastOfSample.assign(lastOfRow.and(lastRow));
        UInt nextStep = state.address.add(GeometryPorts.of(geometry, STEP_PITCH));
        UInt nextColumn = state.positionAddress.add(GeometryPorts.of(geometry, COLUMN_STRIDE));
        UInt nextRow = state.rowAddress.add(GeometryPorts.of(geometry, ROW_STRIDE));
        UInt nextSample = state.sampleAddress.add(GeometryPorts.of(geometry, SAMPLE_PITCH));
        UInt inputStride = stride.resize(PointState.COORDINATE_BITS);
        when(advance, () -> {
            state.step.assign(state.step.add(1));
            state.address.assign(nextStep);
            when(lastStep, () -> {
                UInt position = mux(lastColumn, mux(lastRow, nextSample, nextRow), nextColumn);
                state.step.assign(0);
                state.address.assign(position);
                state.positionAddress.assign(position);
                state.column.assign(state.column.add(1));
                state.inputColumn.assign(state.inputColumn.add(inputStride));
                when(lastColumn, () -> {
                    state.column.assign(0);
                    state.inputColumn.assign(0);
                    state.rowAddress.assign(mux(lastRow, nextSample, nextRow));
                    state.row.assign(state.row.add(1));
                    state.inputRow.assign(state.inputRow.add(inputStride));
                    when(lastRow, () -> {
                        state.row.assign(0);
                        state.inputRow.assign(0);
                        state.sampleAddress.assign(nextSample);
                    });
                });
            });
        });
        when(load, () -> state.assign(loaded));
    }

    /** Connects all but the steps to the parent's command and geometry. */
    public void connect(Map<CommandField, UInt> parentCommand, Map<Geometry, UInt> parentGeometry) {
        GeometryPorts.connect(geometry, parentGeometry);
        columns.assign(CommandPorts.of(parentCommand, CommandField.OUTPUT_WIDTH));
        rows.assign(CommandPorts.of(parentCommand, CommandField.OUTPUT_HEIGHT));
        stride.assign(CommandPorts.of(parentCommand, CommandField.STRIDE));
    }
}
