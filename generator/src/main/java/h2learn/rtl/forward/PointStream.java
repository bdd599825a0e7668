package h2learn.rtl.forward;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.PLANES;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SPIKE_INPUT;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TOP_PADDING;
import static h2learn.rtl.layer.Geometry.COLUMN_ORIGIN;
import static h2learn.rtl.layer.Geometry.COLUMN_STRIDE;
import static h2learn.rtl.layer.Geometry.PITCH;
import static h2learn.rtl.layer.Geometry.ROW_ORIGIN;
import static h2learn.rtl.layer.Geometry.ROW_PITCH;
import static h2learn.rtl.layer.Geometry.ROW_POINTS;
import static h2learn.rtl.layer.Geometry.ROW_STRIDE;
import static h2learn.rtl.layer.Geometry.SAMPLE_PITCH;
import static h2learn.rtl.layer.Geometry.SAMPLE_POINTS;
import static h2learn.rtl.layer.Geometry.STEP_PITCH;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.PassWalker;
import h2learn.rtl.layer.PointWalker;
import java.util.Map;

/**
 * The order in which FORWARD streams its points: pass by pass. The first pass goes over all of them, since it also clears
 * the accumulators; the others leave out those whose tap lies outside the image, and stream a single zero where all do.
 */
final class PointStream extends Circuit {
    final Map<CommandField, UInt> command = CommandPorts.inputs(
            STATIC_INPUT,
            STEPS,
            SAMPLES,
            PLANES,
            INPUT_BLOCKS,
            SPIKE_INPUT,
            INPUT_HEIGHT,
            INPUT_WIDTH,
            OUTPUT_HEIGHT,
            OUTPUT_WIDTH,
            KERNEL_WIDTH,
            KERNEL_HEIGHT,
            STRIDE,
            PADDING,
            TOP_PADDING);

    final Map<Geometry, UInt> geometry = GeometryPorts.inputs(
            STEP_PITCH,
            PITCH,
            ROW_PITCH,
            SAMPLE_PITCH,
            COLUMN_STRIDE,
            ROW_STRIDE,
            COLUMN_ORIGIN,
            ROW_ORIGIN,
            ROW_POINTS,
            SAMPLE_POINTS);

    final Bool start = in(bool());
    final Bool advance = in(bool());
    /** There is a point. */
    final Bool ready = out(bool());
    /** Word of the point's input. */
    final UInt address;
    /** Whether that lies within the image. */
    final Bool isInside = out(bool());
    /** Accumulator of the point. */
    final UInt point;

    final UInt plane;
    final Bool firstPass = out(bool());
    final Bool lastPlane = out(bool());
    /** Last point of a weight block's last plane. */
    final Bool lastOfBlock = out(bool());

    final UInt sample = reg(uint(SAMPLES.bits()));
    final UInt walked;
    final UInt rowBegin;
    final UInt sampleBegin;
    final PassWalker passes;
    final PointWalker walker;
    final InsideRange columns;
    final InsideRange rows;

    /**
     * @param addressBits width of an address of the input's memory
     * @param pointBits width of an address of the accumulators
     * @param planeBits width of the number of a bit-plane
     */
    PointStream(int addressBits, int pointBits, int planeBits) {
        moduleName("ForwardStream");
        address = out(uint(addressBits));
        point = out(uint(pointBits));
        plane = out(uint(planeBits));
        walked = reg(uint(pointBits));
        rowBegin = reg(uint(pointBits));
        sampleBegin = reg(uint(pointBits));
        passes = inst(new PassWalker("ForwardPasses", addressBits));
        walker = inst(new PointWalker("ForwardPoints"));
        columns = inst(new InsideRange());
        rows = inst(new InsideRange());

        UInt steps = mux(port(STATIC_INPUT).bit(0), UInt.lit(1, STEPS.bits()), port(STEPS));
        ready.assign(columns.ready.and(rows.ready));
        plane.assign(passes.plane.resize(planeBits));
        firstPass.assign(passes.firstPass);
        lastPlane.assign(passes.lastPlane);
        Bool none = firstPass.not().and(columns.empty.or(rows.empty));
        Bool lastPoint = none.or(walker.lastOfSample.and(sample.eq(port(SAMPLES).sub(1))));
        Bool endsPass = advance.and(lastPoint);
        lastOfBlock.assign(lastPoint.and(lastPlane));

        CommandPorts.connect(passes.command, command);
        GeometryPorts.connect(passes.geometry, geometry);
        passes.start.assign(start);
        passes.advance.assign(endsPass);
        passes.inputColumn.assign(walker.state.inputColumn);
        passes.inputRow.assign(walker.state.inputRow);
        isInside.assign(mux(firstPass, passes.isInside, none.not()));

        Bool endsTap = endsPass.and(passes.lastOfTap);
        Bool endsTapRow = endsTap.and(passes.lastTapOfRow);
        connect(columns, PADDING, INPUT_WIDTH, OUTPUT_WIDTH, pitch(COLUMN_STRIDE), steps.resize(Geometry.BITS));
        columns.next.assign(endsTap);
        columns.restart.assign(endsTapRow);
        connect(rows, TOP_PADDING, INPUT_HEIGHT, OUTPUT_HEIGHT, pitch(ROW_STRIDE), pitch(ROW_POINTS));
        rows.next.assign(endsTapRow);
        rows.restart.assign(false);

        // The walk is relative to the first point of the pass.
        GeometryPorts.connect(walker.geometry, geometry);
        walker.steps.assign(steps);
        walker.stride.assign(port(STRIDE));
        walker.columns.assign(mux(firstPass, port(OUTPUT_WIDTH), columns.count));
        walker.rows.assign(mux(firstPass, port(OUTPUT_HEIGHT), rows.count));
        walker.advance.assign(advance);
        walker.load.assign(start.or(endsPass));
        walker.loaded.assignFirst();
        walkAccumulators(endsPass);

        Bool whole = firstPass.or(none);
        UInt skippedWords = mux(whole, UInt.lit(0, Geometry.BITS), columns.address.add(rows.address));
        UInt skippedPoints = mux(whole, UInt.lit(0, Geometry.BITS), columns.point.add(rows.point));
        address.assign(
                passes.address.add(walker.state.address.resize(addressBits)).add(skippedWords.resize(addressBits)));
        point.assign(walked.add(skippedPoints.resize(pointBits)));
    }

    private void walkAccumulators(Bool endsPass) {
        UInt nextRow = rowBegin.add(pitch(ROW_POINTS).resize(walked.width()));
        UInt nextSample = sampleBegin.add(pitch(SAMPLE_POINTS).resize(walked.width()));
        when(advance, () -> walked.assign(walked.add(1)));
        when(advance.and(walker.lastOfRow), () -> {
            walked.assign(nextRow);
            rowBegin.assign(nextRow);
        });
        when(advance.and(walker.lastOfSample), () -> {
            walked.assign(nextSample);
            rowBegin.assign(nextSample);
            sampleBegin.assign(nextSample);
            sample.assign(sample.add(1));
        });
        when(start.or(endsPass), () -> {
            walked.assign(0);
            rowBegin.assign(0);
            sampleBegin.assign(0);
            sample.assign(0);
        });
    }

    private void connect(
            InsideRange range,
            CommandField padding,
            CommandField extent,
            CommandField outputs,
            UInt addressPitch,
            UInt pointPitch) {
        range.start.assign(start);
        range.padding.assign(port(padding));
        range.stride.assign(port(STRIDE));
        range.extent.assign(port(extent));
        range.outputs.assign(port(outputs));
        range.addressPitch.assign(addressPitch);
        range.pointPitch.assign(pointPitch);
    }

    private UInt pitch(Geometry value) {
        return GeometryPorts.of(geometry, value);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
