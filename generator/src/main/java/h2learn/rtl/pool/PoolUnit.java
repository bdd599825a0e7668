package h2learn.rtl.pool;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_PLANES;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.SPIKE_INPUT;
import static h2learn.contract.CommandField.SPIKE_OUTPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.TRACE_BELOW;
import static h2learn.rtl.layer.Geometry.COLUMN_STRIDE;
import static h2learn.rtl.layer.Geometry.PITCH;
import static h2learn.rtl.layer.Geometry.POINTS;
import static h2learn.rtl.layer.Geometry.ROW_PITCH;
import static h2learn.rtl.layer.Geometry.ROW_STRIDE;
import static h2learn.rtl.layer.Geometry.SAMPLE_PITCH;
import static h2learn.rtl.layer.Geometry.STEP_PITCH;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.PointWalker;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import h2learn.rtl.memory.WritePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * POOL: for every output point and block, reads the spikes and windows of its square, one word of N channels a cycle,
 * and writes the bit-planes of the result, whether its ds reaches an open window, and the tap of the first maximum. The
 * last lies where a layer of neurons has gu: a pool has none.
 */
public final class PoolUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** A word of spikes is read in this cycle. */
    public final Bool useful = out(bool());
    /** A word of N pooled channels is done. */
    public final Bool wordDone = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            STEPS,
            OUTPUT_PLANES,
            INPUT_BLOCKS,
            SPIKE_INPUT,
            SPIKE_OUTPUT,
            TRACE,
            TRACE_BELOW,
            OUTPUT_HEIGHT,
            OUTPUT_WIDTH,
            KERNEL_HEIGHT,
            KERNEL_WIDTH,
            STRIDE);

    public final Map<Geometry, UInt> geometry =
            GeometryPorts.inputs(POINTS, STEP_PITCH, PITCH, ROW_PITCH, SAMPLE_PITCH, COLUMN_STRIDE, ROW_STRIDE);

    public final ReadPort spike;
    public final ReadPort window;
    public final WritePort spikeOut;
    public final WritePort windowOut;
    public final WritePort maximumOut;

    /** From reading a square's last word to writing its last bit-plane, and one more. */
    private static final int DRAIN = 7;

    private static final int TAP_BITS = 2;

    final PointWalker walker;
    final List<PoolLane> lane = new ArrayList<>();
    final Bool active = reg(bool()).init(false);
    final UInt drain = reg(uint(3)).init(0);
    final UInt pointsLeft = reg(uint(Geometry.BITS));
    final UInt block = reg(uint(INPUT_BLOCKS.bits()));
    final UInt tap = reg(uint(PoolLane.COUNT_BITS));
    final UInt tapColumn = reg(uint(TAP_BITS));
    final UInt tapRow = reg(uint(TAP_BITS));
    /** How far the tap's row, and the tap, lie behind the square's first. */
    final UInt rowOffset = reg(uint(Geometry.BITS));

    final UInt tapOffset = reg(uint(Geometry.BITS));
    /** The word that is written next, of the traces and of the first bit-plane. */
    final UInt traceWord = reg(uint(Geometry.BITS));

    final UInt spikeWord = reg(uint(Geometry.BITS));
    final UInt planesLeft = reg(uint(OUTPUT_PLANES.bits())).init(0);
    final UInt planeWord = reg(uint(Geometry.BITS));
    final List<UInt> planes = new ArrayList<>();

    public PoolUnit(AcceleratorConfig config, MemoryMap map) {
        moduleName("PoolUnit");
        spike = readPort(map, Scratchpad.SPIKE);
        window = readPort(map, Scratchpad.WINDOW);
        spikeOut = writePort(map, Scratchpad.SPIKE);
        windowOut = writePort(map, Scratchpad.WINDOW);
        maximumOut = writePort(map, Scratchpad.POTENTIAL);
        walker = inst("walker", new PointWalker("PoolPoints"));

        Bool lastColumn = tapColumn.eq(port(KERNEL_WIDTH).sub(1).resize(TAP_BITS));
        Bool lastTap = lastColumn.and(tapRow.eq(port(KERNEL_HEIGHT).sub(1).resize(TAP_BITS)));
        Bool lastBlock = block.eq(port(INPUT_BLOCKS).sub(1));
        Bool wordRead = active.and(lastTap);
        Bool pointRead = wordRead.and(lastBlock);
        walk(lastColumn, wordRead, pointRead);

        UInt inSquare = walker.state.address.add(tapOffset).add(block.resize(Geometry.BITS));
        spike.read(active, port(SPIKE_INPUT).add(inSquare));
        window.read(active, port(TRACE_BELOW).add(inSquare));
        useful.assign(active);
        connectLanes(config);
        write(config, Pipeline.valid(wordRead, 2), delay(lastBlock, 2));

        when(drain.ne(0), () -> drain.assign(drain.sub(1)));
        when(pointRead.and(pointsLeft.eq(1)), () -> {
            active.assign(false);
            drain.assign(DRAIN);
        });
        busy.assign(active.or(drain.ne(0)));
    }

    /** Tap by tap, block by block, point by point. */
    private void walk(Bool lastColumn, Bool wordRead, Bool pointRead) {
        walker.connect(command, geometry);
        walker.steps.assign(port(STEPS));
        walker.advance.assign(pointRead);
        walker.load.assign(start);
        walker.loaded.assignFirst();
        UInt nextRow = rowOffset.add(GeometryPorts.of(geometry, ROW_PITCH));
        when(active, () -> {
            tap.assign(tap.add(1));
            tapColumn.assign(tapColumn.add(1));
            tapOffset.assign(tapOffset.add(GeometryPorts.of(geometry, PITCH)));
            when(lastColumn, () -> {
                tapColumn.assign(0);
                tapRow.assign(tapRow.add(1));
                rowOffset.assign(nextRow);
                tapOffset.assign(nextRow);
            });
        });
        when(wordRead, () -> block.assign(block.add(1)));
        when(pointRead, () -> {
            block.assign(0);
            pointsLeft.assign(pointsLeft.sub(1));
        });
        when(start, () -> {
            active.assign(true);
            block.assign(0);
            pointsLeft.assign(GeometryPorts.of(geometry, POINTS));
        });
        when(start.or(wordRead), () -> {
            tap.assign(0);
            tapColumn.assign(0);
            tapRow.assign(0);
            rowOffset.assign(0);
            tapOffset.assign(0);
        });
    }

    private void connectLanes(AcceleratorConfig config) {
        Bits spikes = Words.flat(spike.data);
        Bits windows = Words.flat(window.data);
        Bool valid = Pipeline.valid(active, 1);
        UInt tapRead = regNext(tap);
        for (int index = 0; index < config.lanes(); index++) {
            PoolLane child = inst("lane_" + index, new PoolLane());
            lane.add(child);
            child.valid.assign(valid);
            child.first.assign(tapRead.eq(0));
            child.tap.assign(tapRead);
            child.spike.assign(spikes.bit(index));
            child.open.assign(windows.bit(index));
        }
    }

    /** Writes a word's traces and first bit-plane when it is done, and the other planes while the next square is read. */
    private void write(AcceleratorConfig config, Bool done, Bool lastBlock) {
        Bool average = port(OUTPUT_PLANES).ne(1);
        UInt blocks = port(INPUT_BLOCKS).resize(Geometry.BITS);
        UInt morePlanes = port(OUTPUT_PLANES).sub(1);
        List<Bits> spikes = new ArrayList<>();
        List<Bits> windows = new ArrayList<>();
        List<Bits> maxima = new ArrayList<>();
        for (PoolLane each : lane) {
            UInt rest = reg(uint(PoolLane.COUNT_BITS - 1));
            planes.add(rest);
            when(done, () -> rest.assign(each.count.slice(PoolLane.COUNT_BITS - 1, 1)));
            when(done.not(), () -> rest.assign(rest.shr(1).resize(rest.width())));
            Bool first = mux(average, each.count.bit(0), each.count.ne(0));
            spikes.add(mux(done, first, rest.bit(0)).asBits());
            windows.add(mux(average, each.anyOpen, each.maximumOpen).asBits());
            maxima.add(each.maximum.resize(config.formats().potentialBits()).asBits());
        }
        Bool more = planesLeft.ne(0);
        spikeOut.write(done.or(more), mux(done, spikeWord, planeWord), spikes);
        windowOut.write(done, traceWord, windows);
        maximumOut.write(done, traceWord, maxima);
        wordDone.assign(done);
        when(more, () -> {
            planesLeft.assign(planesLeft.sub(1));
            planeWord.assign(planeWord.add(blocks));
        });
        UInt otherPlanes = morePlanes.mul(port(INPUT_BLOCKS)).resize(Geometry.BITS);
        when(done, () -> {
            planesLeft.assign(morePlanes);
            planeWord.assign(spikeWord.add(blocks));
            traceWord.assign(traceWord.add(1));
            UInt next = spikeWord.add(1);
            spikeWord.assign(mux(lastBlock, next.add(otherPlanes), next));
        });
        when(start, () -> {
            traceWord.assign(port(TRACE));
            spikeWord.assign(port(SPIKE_OUTPUT));
        });
    }

    private ReadPort readPort(MemoryMap map, Scratchpad scratchpad) {
        MemoryMap.Window area = map.window(scratchpad);
        return master(ReadPort.type(area.layout(), area.words()));
    }

    private WritePort writePort(MemoryMap map, Scratchpad scratchpad) {
        MemoryMap.Window area = map.window(scratchpad);
        return master(WritePort.type(area.layout(), area.words()));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
