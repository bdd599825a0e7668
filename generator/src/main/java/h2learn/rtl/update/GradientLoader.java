package h2learn.rtl.update;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.EnumSig;
import h2learn.hdl.EnumType;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.PointState;
import h2learn.rtl.layer.PointWalker;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads gu of N points of one output block and turns it so that each lane has its N gradients as one row for the tables.
 * A block without a gradient is passed over.
 */
final class GradientLoader extends Circuit {
    final Bool start = in(bool());
    final Bool busy = out(bool());
    final UInt points = in(uint(16));
    /** Take the sums over time, whose points are samples. */
    final Bool isStatic = in(bool());

    final UInt trace = in(uint(24));
    /** First word of the sums over time. */
    final UInt sum = in(uint(24));

    final UInt outputBlocks = in(uint(16));
    final UInt outputBlock = in(uint(16));
    final ReadPort gradient;
    final ReadPort gradientSum;

    final List<Bits> row = new ArrayList<>();
    final Bool rowsValid = out(bool());
    final Bool rowsTaken = in(bool());

    /** Announces a block with gradients, by its first point. */
    final Bool blockValid = out(bool());

    final Bool blockReady = in(bool());
    final UInt blockPoint = out(uint(16));
    /** Where the block's first point lies in the input. */
    final PointState blockState = outReg(PointState.bundle());

    final Map<CommandField, UInt> command =
            CommandPorts.inputs(CommandField.OUTPUT_WIDTH, CommandField.OUTPUT_HEIGHT, CommandField.STRIDE);
    final Map<Geometry, UInt> geometry = GeometryPorts.inputs(
            Geometry.STEP_PITCH, Geometry.COLUMN_STRIDE, Geometry.ROW_STRIDE, Geometry.SAMPLE_PITCH);
    final UInt steps = in(uint(8));
    final Bool blockSkipped = out(bool());

    enum State {
        IDLE,
        LOAD,
        LAST,
        DECIDE,
        FILL
    }

    final EnumSig<State> state = reg(EnumType.of(State.class)).init(State.IDLE);
    final UInt point = reg(uint(16));
    final UInt firstPoint = reg(uint(16));
    final UInt column;
    final UInt address = reg(uint(24));
    final Bool any = reg(bool());
    final PointWalker walker;

    GradientLoader(AcceleratorConfig config, MemoryMap map) {
        moduleName("GradientLoader");
        int lanes = config.lanes();
        int sumBits = config.gradientSumBits();
        WordLayout gradients = map.window(Scratchpad.GRADIENT).layout();
        WordLayout sums = map.window(Scratchpad.GRADIENT_SUM).layout();
        gradient =
                master(ReadPort.type(gradients, map.window(Scratchpad.GRADIENT).words()));
        gradientSum =
                master(ReadPort.type(sums, map.window(Scratchpad.GRADIENT_SUM).words()));
        column = reg(uint(AcceleratorConfig.ceilLog2(lanes)));

        walker = inst(new PointWalker("GradientPoints"));
        walker.connect(command, geometry);
        walker.steps.assign(steps);

        Bool loading = state.is(State.LOAD);
        walker.advance.assign(loading);
        walker.load.assign(start);
        walker.loaded.assignFirst();
        Bool within = point.lt(points);
        gradient.read(loading.and(isStatic.not()), address);
        gradientSum.read(loading.and(isStatic), address);
        Bool arriving = Pipeline.valid(loading, 1);
        Bool arrivingWithin = delay(within, 1);
        Bool lastColumn = column.eq(lanes - 1);
        when(loading, () -> {
            point.assign(point.add(1));
            address.assign(address.add(outputBlocks.resize(24)));
            column.assign(column.add(1));
            when(lastColumn, () -> state.assign(State.LAST));
        });

        Bool nonZero = Bool.lit(false);
        for (int lane = 0; lane < lanes; lane++) {
            Bits plain = Words.element(gradients, gradient.data, lane)
                    .asSInt()
                    .resize(sumBits)
                    .asBits();
            Bits summed = Words.element(sums, gradientSum.data, lane);
            Bits value = mux(arrivingWithin, mux(isStatic, summed, plain), Bits.lit(0, sumBits));
            nonZero = nonZero.or(value.orR());
            // The row moves down as points arrive, so that the block's first point ends in the low bits.
            Bits held = reg(bits(lanes * sumBits));
            Bits laneRow = out(bits(lanes * sumBits));
            laneRow.assign(held);
            row.add(laneRow);
            when(arriving, () -> held.assign(value.cat(held.slice(lanes * sumBits - 1, sumBits))));
        }
        Bool arrivedAny = nonZero;
        when(arriving, () -> any.assign(any.or(arrivedAny)));

        // Behind the last point there is nothing to read; only a row that will be used must still move to its place.
        Bool nothing = any.or(arriving.and(arrivedAny)).not();
        when(loading.and(within.not()).and(nothing), () -> state.assign(State.DECIDE));

        Bool deciding = state.is(State.DECIDE);
        blockValid.assign(deciding.and(any).and(blockReady));
        blockPoint.assign(firstPoint);
        blockSkipped.assign(deciding.and(any.not()));
        rowsValid.assign(state.is(State.FILL));
        when(state.is(State.LAST), () -> state.assign(State.DECIDE));
        when(blockValid, () -> state.assign(State.FILL));
        Bool blockDone = blockSkipped.or(state.is(State.FILL).and(rowsTaken));
        when(blockDone, () -> {
            any.assign(false);
            firstPoint.assign(point);
            blockState.assign(walker.state);
            state.assign(mux(
                    point.lt(points), state.type().lit(State.LOAD), state.type().lit(State.IDLE)));
        });
        when(start, () -> {
            point.assign(0);
            firstPoint.assign(0);
            blockState.assignFirst();
            column.assign(0);
            any.assign(false);
            UInt block = outputBlock.resize(24);
            address.assign(mux(isStatic, sum, trace).add(block));
            state.assign(State.LOAD);
        });
        busy.assign(state.is(State.IDLE).not());
    }
}
