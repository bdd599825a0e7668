package h2learn.rtl.forward;

import static h2learn.contract.CommandField.BIAS;
import static h2learn.contract.CommandField.BIAS_WORD;
import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_FRACTION;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.PLANES;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SIGNED_INPUT;
import static h2learn.contract.CommandField.SPIKE_INPUT;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TOP_PADDING;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;
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
import static h2learn.rtl.layer.Geometry.TAPS;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.logic.Shift;
import h2learn.rtl.lut.LutArray;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * FORWARD: sums of weights of one output block into the accumulators, for every point of the part. For each tap and
 * input block the tables fill with its N x N weights while those of the block before serve all points, bit-plane by
 * bit-plane, one spike word a cycle (DESIGN section 4, FE). A dense layer has one tap.
 */
public final class ForwardEngine extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** A spike word is streamed in this cycle. */
    public final Bool useful = out(bool());
    /** A block of weights is in the tables. */
    public final Bool blockFilled = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            STATIC_INPUT,
            SIGNED_INPUT,
            BIAS,
            STEPS,
            SAMPLES,
            PLANES,
            INPUT_BLOCKS,
            INPUT_FRACTION,
            SPIKE_INPUT,
            WEIGHT_BLOCK,
            BIAS_WORD,
            INPUT_HEIGHT,
            INPUT_WIDTH,
            OUTPUT_HEIGHT,
            OUTPUT_WIDTH,
            KERNEL_WIDTH,
            KERNEL_HEIGHT,
            STRIDE,
            PADDING,
            TOP_PADDING);

    public final Map<Geometry, UInt> geometry = GeometryPorts.inputs(
            STEP_PITCH,
            PITCH,
            ROW_PITCH,
            SAMPLE_PITCH,
            COLUMN_STRIDE,
            ROW_STRIDE,
            COLUMN_ORIGIN,
            ROW_ORIGIN,
            ROW_POINTS,
            SAMPLE_POINTS,
            TAPS);

    public final ReadPort spike;
    /** Reads the same block's row in every lane; {@code weightRow} follows a cycle later. */
    public final Bool weightRead = out(bool());

    /** The row must stay. */
    public final Bool weightHold = out(bool());

    public final UInt weightBlock;
    public final List<Bits> weightRow = new ArrayList<>();

    public final Bool add = out(bool());
    public final UInt addPoint;
    public final Bool addOverwrite = out(bool());
    public final List<SInt> addBase = new ArrayList<>();
    public final List<SInt> addend = new ArrayList<>();

    enum State {
        IDLE,
        BIAS_READ,
        BIAS_TAKE,
        RUN,
        DRAIN
    }

    /** From the issue of a spike read to the end of its accumulation. */
    private static final int PIPELINE = LutArray.LATENCY + 3;

    final h2learn.hdl.EnumSig<State> state =
            reg(h2learn.hdl.EnumType.of(State.class)).init(State.IDLE);
    final UInt fillsLeft = reg(uint(Geometry.BITS)).init(0);
    final UInt fillBlock;
    final Bool rowHeld = reg(bool()).init(false);
    final UInt blocksLeft = reg(uint(Geometry.BITS)).init(0);
    final PointStream stream;
    final UInt drain = reg(uint(4));
    final LutArray tables;

    public ForwardEngine(AcceleratorConfig config, MemoryMap map) {
        moduleName("ForwardEngine");
        int lanes = config.lanes();
        WordLayout spikeLayout = map.window(Scratchpad.SPIKE).layout();
        int spikeWords = map.window(Scratchpad.SPIKE).words();
        spike = master(ReadPort.type(spikeLayout, spikeWords));
        int blockBits = Words.addressBits(config.memories().weightBlocks());
        int pointBits = Words.addressBits(config.limits().points());
        int spikeBits = Words.addressBits(spikeWords);
        int accumulatorBits = config.formats().accumulatorBits();
        int weightBits = config.formats().weightBits();
        weightBlock = out(uint(blockBits));
        addPoint = out(uint(pointBits));
        fillBlock = reg(uint(blockBits));
        int planeBits = Math.max(1, AcceleratorConfig.ceilLog2(config.limits().inputPlanes()));
        stream = inst(new PointStream(spikeBits, pointBits, planeBits));
        tables = inst(
                "tables",
                new LutArray("Forward", config, weightBits, config.forward().pe()));

        busy.assign(state.is(State.IDLE).not());
        Bool running = state.is(State.RUN);

        // Fill side: reads rows ahead of the stream, as far as the tables take them.
        Bool readRow = running.and(rowHeld.not()).and(fillsLeft.ne(0));
        Bool readBias = state.is(State.BIAS_READ);
        weightRead.assign(readRow.or(readBias));
        int columnBits = AcceleratorConfig.ceilLog2(lanes);
        UInt biasWord = port(BIAS_WORD).resize(blockBits + columnBits);
        weightBlock.assign(mux(readBias, biasWord.slice(blockBits + columnBits - 1, columnBits), fillBlock));
        when(readRow, () -> {
            rowHeld.assign(true);
            fillBlock.assign(fillBlock.add(1));
            fillsLeft.assign(fillsLeft.sub(1));
        });
        when(tables.rowsTaken, () -> rowHeld.assign(false));
        tables.rowsValid.assign(rowHeld);
        weightHold.assign(rowHeld);
        blockFilled.assign(tables.rowsTaken);

        // Stream side: one spike word a cycle, pass by pass over all points.
        Bool issue = running.and(blocksLeft.ne(0)).and(tables.ready).and(stream.ready);
        CommandPorts.connect(stream.command, command);
        GeometryPorts.connect(stream.geometry, geometry);
        stream.start.assign(start);
        stream.advance.assign(issue);
        spike.read(issue, stream.address);
        useful.assign(issue.and(stream.isInside));
        when(issue.and(stream.lastOfBlock), () -> blocksLeft.assign(blocksLeft.sub(1)));
        tables.read.assign(issue);
        tables.readLast.assign(stream.lastOfBlock);
        tables.index.assign(mux(delay(stream.isInside, 1), Words.flat(spike.data), Bits.lit(0, lanes)));

        // The word's accumulator follows it through the pipeline.
        UInt shift = delay(stream.plane, LutArray.LATENCY);
        Bool negative = delay(port(SIGNED_INPUT).bit(0).and(stream.lastPlane), LutArray.LATENCY);
        add.assign(Pipeline.valid(issue, LutArray.LATENCY + 1));
        addPoint.assign(delay(stream.point, LutArray.LATENCY + 1));
        addOverwrite.assign(delay(stream.firstPass, LutArray.LATENCY + 1));
        for (int lane = 0; lane < lanes; lane++) {
            Bits row = in(bits(lanes * weightBits));
            weightRow.add(row);
            tables.row.get(lane).assign(row);
            SInt sum = tables.sums.get(lane).resize(accumulatorBits);
            SInt shifted = Shift.left(sum, shift);
            SInt laneAddend = outReg(sint(accumulatorBits));
            addend.add(laneAddend);
            laneAddend.assign(mux(negative, shifted.neg(), shifted));
            SInt base = outReg(sint(accumulatorBits));
            addBase.add(base);
            when(start, () -> base.assign(0));
            List<SInt> columns = new ArrayList<>();
            for (int column = 0; column < lanes; column++) {
                columns.add(row.slice((column + 1) * weightBits - 1, column * weightBits)
                        .asSInt());
            }
            SInt bias = OneOf.select(biasWord.slice(columnBits - 1, 0), columns).resize(accumulatorBits);
            when(
                    state.is(State.BIAS_TAKE),
                    () -> base.assign(Shift.left(bias, port(INPUT_FRACTION).resize(5))));
        }

        when(state.is(State.BIAS_READ), () -> state.assign(State.BIAS_TAKE));
        when(state.is(State.BIAS_TAKE), () -> state.assign(State.RUN));
        when(running.and(blocksLeft.eq(0)), () -> {
            state.assign(State.DRAIN);
            drain.assign(PIPELINE);
        });
        when(state.is(State.DRAIN), () -> {
            drain.assign(drain.sub(1));
            when(drain.eq(0), () -> state.assign(State.IDLE));
        });
        when(start, () -> {
            state.assign(mux(
                    port(BIAS).bit(0),
                    state.type().lit(State.BIAS_READ),
                    state.type().lit(State.RUN)));
            fillsLeft.assign(GeometryPorts.of(geometry, TAPS));
            fillBlock.assign(port(WEIGHT_BLOCK).resize(blockBits));
            rowHeld.assign(false);
            blocksLeft.assign(GeometryPorts.of(geometry, TAPS));
        });
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
