package h2learn.rtl.backward;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TOP_PADDING;
import static h2learn.rtl.layer.Geometry.AREA;
import static h2learn.rtl.layer.Geometry.PITCH;
import static h2learn.rtl.layer.Geometry.ROW_TAPS;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import java.util.List;
import java.util.Map;

/**
 * Walks over the points of the layer below, for each sample step by step, row by row, and gives for each the last output
 * point that reads it and by which tap. Output points are numbered as {@link GradientLister} lists them.
 */
final class PlaneCursor extends Circuit {
    private static final int REST_BITS = 10;

    final Map<CommandField, UInt> command = CommandPorts.inputs(
            SAMPLES,
            STEPS,
            STRIDE,
            PADDING,
            TOP_PADDING,
            INPUT_BLOCKS,
            INPUT_HEIGHT,
            INPUT_WIDTH,
            OUTPUT_HEIGHT,
            OUTPUT_WIDTH,
            KERNEL_HEIGHT);
    final Map<Geometry, UInt> geometry = GeometryPorts.inputs(AREA, PITCH, ROW_TAPS);

    final Bool start = in(bool());
    final Bool advance = in(bool());
    final Bool busy = out(bool());
    /** There is a point; false for a few cycles after the start. */
    final Bool valid = out(bool());

    /** First trace word of the point, behind the layer's first. */
    final UInt below;
    /** The point's place in memory order. */
    final UInt point;
    /** Output point: row, column, their taps, and its number. */
    final UInt outputRow = out(uint(8));

    final UInt outputColumn = out(uint(8));
    final UInt tapRow = out(uint(9));
    final UInt tapColumn = out(uint(9));
    final UInt tapBlocks;
    final UInt number = out(uint(BackwardShape.NUMBER_BITS));
    /** No point from here on needs an output point before this one. */
    final UInt firstNeeded = outReg(uint(BackwardShape.NUMBER_BITS));

    final Bool active = reg(bool()).init(false);
    final Bool entering = reg(bool()).init(false);
    final UInt leftPadding = reg(uint(4));
    final UInt topPadding = reg(uint(4));
    final UInt sample = reg(uint(16));
    final UInt step = reg(uint(8));
    final UInt row = reg(uint(8));
    final UInt column = reg(uint(8));
    final UInt stepBelow;
    final UInt stepPoint;
    final UInt plane = reg(uint(BackwardShape.NUMBER_BITS));
    final TapAxis rows;
    final TapAxis columns;
    final UInt lowRow = reg(uint(8));
    final SInt lowRest = reg(sint(REST_BITS));

    PlaneCursor(BackwardShape shape) {
        moduleName("PlaneCursor");
        int blockBits = shape.weightBlockBits();
        below = outReg(uint(shape.traceBits()));
        stepBelow = reg(uint(shape.traceBits()));
        point = outReg(uint(shape.pointBits()));
        stepPoint = reg(uint(shape.pointBits()));
        tapBlocks = out(uint(blockBits));
        rows = new TapAxis(blockBits);
        columns = new TapAxis(blockBits);
        busy.assign(active);
        valid.assign(active.and(entering.not()));
        outputRow.assign(rows.output);
        outputColumn.assign(columns.output);
        tapRow.assign(rows.tap);
        tapColumn.assign(columns.tap);
        tapBlocks.assign(rows.tapBlocks.add(columns.tapBlocks));
        number.assign(plane.add(rows.number).add(columns.number));

        // Both axes begin at the padded image's first coordinate and step into the image.
        when(entering, () -> {
            Bool leftDone = leftPadding.eq(0);
            Bool topDone = topPadding.eq(0);
            when(leftDone.not(), () -> {
                leftPadding.assign(leftPadding.sub(1));
                stepColumn(blockBits);
            });
            when(topDone.not(), () -> {
                topPadding.assign(topPadding.sub(1));
                stepRow(blockBits);
            });
            when(leftDone.and(topDone), () -> {
                entering.assign(false);
                rows.remember();
                columns.remember();
            });
        });
        when(advance, () -> next(shape));
        when(start, () -> {
            active.assign(true);
            entering.assign(true);
            leftPadding.assign(port(PADDING));
            topPadding.assign(port(TOP_PADDING));
            rows.clear();
            columns.clear();
            for (UInt each : List.of(
                    sample, step, row, column, below, stepBelow, point, stepPoint, plane, firstNeeded, lowRow)) {
                each.assign(0);
            }
            lowRest.assign(firstRest());
        });
    }

    private void next(BackwardShape shape) {
        int blockBits = shape.weightBlockBits();
        Bool lastColumn = column.eq(port(INPUT_WIDTH).sub(1));
        Bool lastOfStep = lastColumn.and(row.eq(port(INPUT_HEIGHT).sub(1)));
        Bool lastOfSample = lastOfStep.and(step.eq(port(STEPS).sub(1)));
        UInt words = port(INPUT_BLOCKS).resize(shape.traceBits());
        // A step takes one place in each position; positions and samples lie behind each other.
        UInt nextStepBelow = mux(lastOfSample, below, stepBelow).add(words);
        UInt nextStepPoint = mux(lastOfSample, point, stepPoint).add(1);
        UInt nextPlane = plane.add(pitch(AREA, BackwardShape.NUMBER_BITS));
        column.assign(column.add(1));
        below.assign(below.add(pitch(PITCH, shape.traceBits())));
        point.assign(point.add(port(STEPS).resize(shape.pointBits())));
        stepColumn(blockBits);
        when(lastColumn, () -> {
            column.assign(0);
            columns.restart();
            row.assign(row.add(1));
            stepRow(blockBits);
            stepLowRow();
        });
        when(lastOfStep, () -> {
            row.assign(0);
            rows.restart();
            lowRow.assign(0);
            lowRest.assign(firstRest());
            plane.assign(nextPlane);
            firstNeeded.assign(nextPlane);
            step.assign(step.add(1));
            stepBelow.assign(nextStepBelow);
            below.assign(nextStepBelow);
            stepPoint.assign(nextStepPoint);
            point.assign(nextStepPoint);
        });
        when(lastOfSample, () -> {
            step.assign(0);
            sample.assign(sample.add(1));
            when(sample.eq(port(SAMPLES).sub(1)), () -> active.assign(false));
        });
    }

    private void stepRow(int blockBits) {
        UInt points = port(OUTPUT_WIDTH).resize(BackwardShape.NUMBER_BITS);
        rows.step(port(OUTPUT_HEIGHT), port(STRIDE), pitch(ROW_TAPS, blockBits), points);
    }

    private void stepColumn(int blockBits) {
        UInt one = UInt.lit(1, BackwardShape.NUMBER_BITS);
        columns.step(port(OUTPUT_WIDTH), port(STRIDE), port(INPUT_BLOCKS).resize(blockBits), one);
    }

    /** The first output row that reads the next row: ceil((row + padding - kernel height + 1) / stride), at least 0. */
    private void stepLowRow() {
        SInt rest = lowRest.add(1);
        SInt stride = port(STRIDE).toSInt().resize(REST_BITS);
        lowRest.assign(mux(rest.gt(0), rest.sub(stride), rest));
        when(rest.gt(0).and(lowRow.ne(port(OUTPUT_HEIGHT))), () -> {
            lowRow.assign(lowRow.add(1));
            firstNeeded.assign(firstNeeded.add(port(OUTPUT_WIDTH).resize(BackwardShape.NUMBER_BITS)));
        });
    }

    private SInt firstRest() {
        SInt padding = port(TOP_PADDING).toSInt().resize(REST_BITS);
        SInt kernel = port(KERNEL_HEIGHT).toSInt().resize(REST_BITS);
        return padding.sub(kernel).add(1);
    }

    private UInt pitch(Geometry value, int bits) {
        return GeometryPorts.of(geometry, value).resize(bits);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
