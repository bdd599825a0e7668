package h2learn.rtl.update;

import static h2learn.contract.CommandField.BIAS;
import static h2learn.contract.CommandField.BIAS_WORD;
import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_FRACTION;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_BLOCK;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.PLANES;
import static h2learn.contract.CommandField.SIGNED_INPUT;
import static h2learn.contract.CommandField.SPIKE_INPUT;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.SUM_WORD;
import static h2learn.contract.CommandField.TOP_PADDING;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.PointState;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.logic.Shift;
import h2learn.rtl.lut.LutArray;
import h2learn.rtl.memory.Queue;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * WEIGHT_GRADIENT: gu (x) in of one output block into the weight gradient accumulators (DESIGN section 4, WUE). The
 * tables hold sums of the gradients of N points; every input channel's spikes at those points are one index. Blocks of
 * points without a gradient are skipped. A static input takes the gradients summed over time, so its points are samples.
 */
public final class WeightGradientEngine extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** A spike word is streamed. */
    public final Bool useful = out(bool());
    /** A block of points was taken. */
    public final Bool blockTaken = out(bool());
    /** A block of points was skipped. */
    public final Bool blockSkipped = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            STATIC_INPUT,
            SIGNED_INPUT,
            BIAS,
            STEPS,
            PLANES,
            INPUT_BLOCKS,
            OUTPUT_BLOCKS,
            OUTPUT_BLOCK,
            INPUT_FRACTION,
            SPIKE_INPUT,
            TRACE,
            SUM_WORD,
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
            Geometry.POSITIONS,
            Geometry.POINTS,
            Geometry.STEP_PITCH,
            Geometry.PITCH,
            Geometry.ROW_PITCH,
            Geometry.SAMPLE_PITCH,
            Geometry.COLUMN_STRIDE,
            Geometry.ROW_STRIDE,
            Geometry.COLUMN_ORIGIN,
            Geometry.ROW_ORIGIN,
            Geometry.TAPS);

    public final ReadPort gradient;
    public final ReadPort gradientSum;
    public final ReadPort spike;

    public final Bool add = out(bool());
    public final UInt addWord;
    public final List<SInt> addend = new ArrayList<>();

    /** From a streamed index to the end of its accumulation. */
    private static final int PIPELINE = LutArray.LATENCY + 3;

    final GradientLoader loader;
    final SpikeStreamer streamer;
    final LutArray tables;
    final Queue blocks;
    final Bool active = reg(bool()).init(false);
    final UInt drain = reg(uint(4)).init(0);

    public WeightGradientEngine(AcceleratorConfig config, MemoryMap map) {
        moduleName("WeightGradientEngine");
        int lanes = config.lanes();
        int sumBits = config.gradientSumBits();
        MemoryMap.Window gradients = map.window(Scratchpad.GRADIENT);
        MemoryMap.Window sums = map.window(Scratchpad.GRADIENT_SUM);
        MemoryMap.Window spikes = map.window(Scratchpad.SPIKE);
        gradient = master(ReadPort.type(gradients.layout(), gradients.words()));
        gradientSum = master(ReadPort.type(sums.layout(), sums.words()));
        spike = master(ReadPort.type(spikes.layout(), spikes.words()));
        int wordBits = Words.addressBits(config.masterWords());
        addWord = out(uint(wordBits));

        // A static input takes the gradients summed over time: its points are positions.
        Bool isStatic = port(STATIC_INPUT).bit(0);
        UInt points = mux(
                isStatic, GeometryPorts.of(geometry, Geometry.POSITIONS), GeometryPorts.of(geometry, Geometry.POINTS));

        loader = inst("loader", new GradientLoader(config, map));
        tables = inst("tables", new LutArray("WeightGradient", config, sumBits, Pe.LUT));
        blocks = inst("blocks", new Queue("PointBlockQueue", 16 + PointState.WIDTH, 2, config.target()));
        streamer = inst("streamer", new SpikeStreamer(config, map));

        UInt inputSteps = mux(isStatic, UInt.lit(1, 8), port(STEPS));
        loader.start.assign(start);
        loader.points.assign(points.resize(16));
        loader.isStatic.assign(isStatic);
        loader.trace.assign(port(TRACE).resize(24));
        loader.sum.assign(port(SUM_WORD).resize(24));
        loader.outputBlocks.assign(port(OUTPUT_BLOCKS));
        loader.outputBlock.assign(port(OUTPUT_BLOCK));
        CommandPorts.connect(loader.command, command);
        GeometryPorts.connect(loader.geometry, geometry);
        loader.steps.assign(inputSteps);
        gradient.enable.assign(loader.gradient.enable);
        gradient.address.assign(loader.gradient.address);
        loader.gradient.data.assign(gradient.data);
        gradientSum.enable.assign(loader.gradientSum.enable);
        gradientSum.address.assign(loader.gradientSum.address);
        loader.gradientSum.data.assign(gradientSum.data);
        loader.blockReady.assign(blocks.pushReady);
        loader.rowsTaken.assign(tables.rowsTaken);
        tables.rowsValid.assign(loader.rowsValid);
        blocks.pushValid.assign(loader.blockValid);
        blocks.pushData.assign(loader.blockState.asBits().cat(loader.blockPoint));
        blockTaken.assign(loader.blockValid);
        blockSkipped.assign(loader.blockSkipped);

        streamer.start.assign(start);
        streamer.blockValid.assign(blocks.popValid);
        streamer.blockPoint.assign(blocks.popData.slice(15, 0).asUInt());
        streamer.blockState.assignFromBits(blocks.popData.slice(15 + PointState.WIDTH, 16));
        blocks.popReady.assign(streamer.blockTaken);
        streamer.points.assign(points.resize(16));
        streamer.planes.assign(port(PLANES));
        streamer.weightBlocks.assign(GeometryPorts.of(geometry, Geometry.TAPS));
        CommandPorts.connect(streamer.command, command);
        GeometryPorts.connect(streamer.geometry, geometry);
        streamer.steps.assign(inputSteps);
        streamer.bias.assign(port(BIAS).bit(0));
        streamer.firstWord.assign(port(WEIGHT_BLOCK)
                .resize(wordBits)
                .mul(UInt.lit(lanes, AcceleratorConfig.ceilLog2(lanes) + 1))
                .resize(wordBits));
        streamer.biasWord.assign(port(BIAS_WORD).resize(wordBits));
        streamer.inputFraction.assign(port(INPUT_FRACTION).resize(5));
        streamer.signedInput.assign(port(SIGNED_INPUT).bit(0));
        streamer.tablesReady.assign(tables.ready);
        spike.enable.assign(streamer.spike.enable);
        spike.address.assign(streamer.spike.address);
        streamer.spike.data.assign(spike.data);

        tables.read.assign(streamer.read);
        tables.readLast.assign(streamer.readLast);
        tables.index.assign(regNext(streamer.index));
        useful.assign(streamer.read);

        UInt shift = delay(streamer.shift, LutArray.LATENCY);
        Bool negative = delay(streamer.negative, LutArray.LATENCY);
        add.assign(Pipeline.valid(streamer.read, LutArray.LATENCY + 1));
        addWord.assign(delay(streamer.word, LutArray.LATENCY + 1));
        for (int lane = 0; lane < lanes; lane++) {
            tables.row.get(lane).assign(loader.row.get(lane));
            SInt sum = tables.sums.get(lane).resize(Formats.WEIGHT_GRADIENT_BITS);
            SInt shifted = Shift.left(sum, shift);
            SInt laneAddend = outReg(sint(Formats.WEIGHT_GRADIENT_BITS));
            addend.add(laneAddend);
            laneAddend.assign(mux(negative, shifted.neg(), shifted));
        }

        // What was streamed must reach the accumulators; where nothing was there is nothing to wait for.
        Bool streaming = blocks.popValid.or(streamer.busy);
        Bool working = loader.busy.or(streaming);
        when(streaming, () -> drain.assign(PIPELINE));
        when(streaming.not().and(drain.ne(0)), () -> drain.assign(drain.sub(1)));
        when(working.not().and(drain.eq(0)), () -> active.assign(false));
        when(start, () -> {
            active.assign(true);
            drain.assign(0);
        });
        busy.assign(active);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
