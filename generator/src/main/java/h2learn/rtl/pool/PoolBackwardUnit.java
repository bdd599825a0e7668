package h2learn.rtl.pool;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_PLANES;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SPARSE_DS;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.TRACE_BELOW;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import h2learn.rtl.memory.WritePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * POOL_BACKWARD: for every neuron below a pool, N channels in parallel, adds the ds of the squares that cover it, one
 * square a cycle; writes 0 where the neuron's window is closed. Of a max-pool only the squares whose first maximum the
 * neuron is: POOL has left the tap of each where u would lie.
 */
public final class PoolBackwardUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** A square's word of ds is read in this cycle. */
    public final Bool useful = out(bool());
    /** A word of N neurons is done. */
    public final Bool wordDone = out(bool());
    /** Values of ds clipped in this cycle. */
    public final UInt saturations;

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            SPARSE_DS,
            OUTPUT_PLANES,
            SAMPLES,
            STEPS,
            INPUT_BLOCKS,
            INPUT_HEIGHT,
            INPUT_WIDTH,
            OUTPUT_HEIGHT,
            OUTPUT_WIDTH,
            KERNEL_HEIGHT,
            KERNEL_WIDTH,
            STRIDE,
            TRACE,
            TRACE_BELOW);

    public final Map<Geometry, UInt> geometry = GeometryPorts.inputs(Geometry.AREA);

    public final ReadPort spikeGradient;
    public final ReadPort maximum;
    public final ReadPort window;
    public final WritePort spikeGradientOut;
    /** Whether the pool's point has no ds: the backward engine skipped it. */
    public final Bool emptyRead = out(bool());

    public final UInt emptyPoint;
    public final Bool empty = in(bool());

    /** From a square's place in the walk to its address in a register: point, product. */
    private static final int ADDRESS = 2;

    private static final int DRAIN = ADDRESS + PoolBackwardLane.LATENCY + 2;

    final SquareAxis rows;
    final SquareAxis columns;
    final List<PoolBackwardLane> lane = new ArrayList<>();
    final Bool active = reg(bool()).init(false);
    final UInt drain = reg(uint(3)).init(0);
    final UInt samplesLeft = reg(uint(SAMPLES.bits()));
    final UInt row = reg(uint(INPUT_HEIGHT.bits()));
    final UInt column = reg(uint(INPUT_WIDTH.bits()));
    final UInt step = reg(uint(STEPS.bits()));
    final UInt block = reg(uint(INPUT_BLOCKS.bits()));
    /** The sample's first point of the pool's output; points of a row and of a sample. */
    final UInt samplePoint;

    final UInt rowPoints;
    final UInt samplePoints;
    /** The word of the layer below that is done next. */
    final UInt word;

    public PoolBackwardUnit(AcceleratorConfig config, MemoryMap map) {
        moduleName("PoolBackwardUnit");
        int pointBits = Words.addressBits(config.limits().points());
        spikeGradient = readPort(map, Scratchpad.SPIKE_GRADIENT);
        maximum = readPort(map, Scratchpad.POTENTIAL);
        window = readPort(map, Scratchpad.WINDOW);
        MemoryMap.Window area = map.window(Scratchpad.SPIKE_GRADIENT);
        spikeGradientOut = master(WritePort.type(area.layout(), area.words()));
        emptyPoint = out(uint(pointBits));
        saturations = out(uint(AcceleratorConfig.ceilLog2(config.lanes()) + 1));
        word = reg(uint(Words.addressBits(area.words())));
        samplePoint = reg(uint(pointBits));
        rowPoints = reg(uint(pointBits));
        samplePoints = reg(uint(pointBits));
        rows = inst("rows", new SquareAxis(pointBits));
        columns = inst("columns", new SquareAxis(pointBits));

        Bool wordLast = rows.last.and(columns.last);
        walk(pointBits, active.and(wordLast));

        // A square's point, then its word, then the memories' words.
        UInt point = regNext(samplePoint.add(rows.point).add(columns.point).add(step.resize(pointBits)));
        Bool covers = active.and(rows.covers).and(columns.covers);
        UInt pointWord = regNext(point.mul(port(INPUT_BLOCKS))
                .resize(Geometry.BITS)
                .add(delay(block, 1).resize(Geometry.BITS))
                .add(port(TRACE)));
        Bool read = Pipeline.valid(covers, ADDRESS);
        Bool wordRead = Pipeline.valid(active.and(wordLast), ADDRESS);
        spikeGradient.read(read, pointWord);
        maximum.read(read, pointWord);
        emptyRead.assign(read);
        emptyPoint.assign(regNext(point));
        window.read(wordRead, word);
        when(wordRead, () -> word.assign(word.add(1)));
        useful.assign(read);

        connectLanes(map, covers);
        int written = ADDRESS + 1 + PoolBackwardLane.LATENCY;
        Bool write = Pipeline.valid(active.and(wordLast), written);
        List<Bits> results = new ArrayList<>();
        List<Bool> clipped = new ArrayList<>();
        for (PoolBackwardLane each : lane) {
            results.add(each.result.asBits());
            clipped.add(each.saturated.and(write));
        }
        spikeGradientOut.write(write, delay(word, written - ADDRESS), results);
        wordDone.assign(write);
        saturations.assign(Count.ones(clipped).resize(saturations.width()));
    }

    /** Sample by sample, row by row, column by column, step by step, block by block, square by square. */
    private void walk(int pointBits, Bool wordDue) {
        Bool pointDue = wordDue.and(block.eq(port(INPUT_BLOCKS).sub(1)));
        Bool positionDue = pointDue.and(step.eq(port(STEPS).sub(1)));
        Bool rowDue = positionDue.and(column.eq(port(INPUT_WIDTH).sub(1)));
        Bool sampleDue = rowDue.and(row.eq(port(INPUT_HEIGHT).sub(1)));
        connect(rows, KERNEL_HEIGHT, OUTPUT_HEIGHT);
        connect(columns, KERNEL_WIDTH, OUTPUT_WIDTH);
        columns.pitch.assign(port(STEPS).resize(pointBits));
        rows.pitch.assign(rowPoints);
        columns.clear.assign(start.or(rowDue));
        columns.advance.assign(positionDue);
        columns.restart.assign(active.and(columns.last));
        columns.next.assign(active);
        rows.clear.assign(start.or(sampleDue));
        rows.advance.assign(rowDue);
        rows.restart.assign(wordDue);
        rows.next.assign(active.and(columns.last));

        when(wordDue, () -> block.assign(block.add(1)));
        when(pointDue, () -> {
            block.assign(0);
            step.assign(step.add(1));
        });
        when(positionDue, () -> {
            step.assign(0);
            column.assign(column.add(1));
        });
        when(rowDue, () -> {
            column.assign(0);
            row.assign(row.add(1));
        });
        when(drain.ne(0), () -> drain.assign(drain.sub(1)));
        when(sampleDue, () -> {
            row.assign(0);
            samplePoint.assign(samplePoint.add(samplePoints));
            samplesLeft.assign(samplesLeft.sub(1));
            when(samplesLeft.eq(1), () -> {
                active.assign(false);
                drain.assign(DRAIN);
            });
        });
        when(start, () -> {
            active.assign(true);
            samplesLeft.assign(port(SAMPLES));
            row.assign(0);
            column.assign(0);
            step.assign(0);
            block.assign(0);
            samplePoint.assign(0);
            rowPoints.assign(port(OUTPUT_WIDTH).mul(port(STEPS)).resize(pointBits));
            samplePoints.assign(
                    GeometryPorts.of(geometry, Geometry.AREA).mul(port(STEPS)).resize(pointBits));
            word.assign(port(TRACE_BELOW).resize(word.width()));
        });
        busy.assign(active.or(drain.ne(0)));
    }

    private void connect(SquareAxis axis, CommandField kernel, CommandField squares) {
        axis.kernel.assign(port(kernel));
        axis.stride.assign(port(STRIDE));
        axis.squares.assign(port(squares));
    }

    private void connectLanes(MemoryMap map, Bool covers) {
        WordLayout layout = map.window(Scratchpad.SPIKE_GRADIENT).layout();
        WordLayout maxima = map.window(Scratchpad.POTENTIAL).layout();
        Bits windows = Words.flat(window.data);
        int latency = ADDRESS + 1;
        int tapBits = PoolLane.COUNT_BITS;
        Bool valid = Pipeline.valid(active, latency);
        Bool first = delay(firstSquare(), latency);
        Bool present = Pipeline.valid(covers, latency)
                .and(empty.and(port(SPARSE_DS).bit(0)).not());
        UInt rowTap = rows.tap.mul(port(KERNEL_WIDTH).resize(2));
        UInt tap = delay(rowTap.add(columns.tap.resize(tapBits)), latency);
        for (int index = 0; index < layout.elements(); index++) {
            PoolBackwardLane child = inst("lane_" + index, new PoolBackwardLane(layout.elementBits()));
            lane.add(child);
            child.valid.assign(valid);
            child.first.assign(first);
            child.present.assign(present);
            child.average.assign(port(OUTPUT_PLANES).ne(1));
            child.tap.assign(tap);
            child.maximum.assign(
                    Words.element(maxima, maximum.data, index).asUInt().resize(tapBits));
            child.squareGradient.assign(
                    Words.element(layout, spikeGradient.data, index).asSInt());
            child.open.assign(windows.bit(index));
        }
    }

    /** The walk is at a word's first square. */
    private Bool firstSquare() {
        Bool first = reg(bool()).init(true);
        when(active, () -> first.assign(rows.last.and(columns.last)));
        when(start, () -> first.assign(true));
        return first;
    }

    private ReadPort readPort(MemoryMap map, Scratchpad scratchpad) {
        MemoryMap.Window area = map.window(scratchpad);
        return master(ReadPort.type(area.layout(), area.words()));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
