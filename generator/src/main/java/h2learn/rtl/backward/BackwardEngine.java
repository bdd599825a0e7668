package h2learn.rtl.backward;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_CHANNELS;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.TRACE_BELOW;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.logic.Count;
import h2learn.rtl.memory.ElementWrite;
import h2learn.rtl.memory.MemoryStyle;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BACKWARD: gu of a layer to ds of the layer below, for every point of the part (DESIGN section 4, BE). One lister finds
 * the gradients that are not zero, once for all taps; a second finds for each point of the layer below which output
 * points read it; a scanner finds the open windows. A dispatcher gives these, group by group (channels with the same
 * c mod B), to whichever lane is free; weights and ds go through switches between lanes and groups.
 */
public final class BackwardEngine extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** Multiplications issued in this cycle. */
    public final UInt multiplications;
    /** A point with a gradient was listed. */
    public final Bool pointListed = out(bool());
    /** A point without a gradient was skipped. */
    public final Bool skipped = out(bool());
    /** Values of ds clipped in this cycle. */
    public final UInt saturations;

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            SAMPLES,
            STEPS,
            INPUT_BLOCKS,
            OUTPUT_BLOCKS,
            OUTPUT_CHANNELS,
            INPUT_CHANNELS,
            TRACE,
            TRACE_BELOW,
            WEIGHT_BLOCK,
            SHIFT,
            INPUT_HEIGHT,
            INPUT_WIDTH,
            OUTPUT_HEIGHT,
            OUTPUT_WIDTH,
            KERNEL_HEIGHT,
            KERNEL_WIDTH,
            STRIDE,
            PADDING);

    public final Map<Geometry, UInt> geometry = GeometryPorts.inputs(
            Geometry.AREA,
            Geometry.PITCH,
            Geometry.OUTPUT_PITCH,
            Geometry.ROW_TAPS,
            Geometry.TAPS,
            Geometry.TAP_STRIDE,
            Geometry.ROW_TAP_STRIDE);

    public final ReadPort gradient;
    public final ReadPort window;
    public final List<ReadPort> weight = new ArrayList<>();
    public final List<ElementWrite> spikeGradient = new ArrayList<>();

    /** Which points were skipped, for the neuron backward unit. */
    public final Bool emptyRead = in(bool());

    public final UInt emptyPoint;
    public final Bool empty = out(bool());

    final GradientLister lister;
    final PlaneCursor cursor;
    final TapLister taps;
    final WindowScanner scanner;
    final LaneDispatcher dispatcher;
    final PointSlots slots;
    final List<BackwardLane> lane = new ArrayList<>();
    final WeightSwitch weightSwitch;
    final ResultSwitch resultSwitch;
    final Mem<Bits> emptyFlag;
    final Mem<Bits> outputPoint;
    final UInt listHead;

    public BackwardEngine(AcceleratorConfig config, MemoryMap map) {
        moduleName("BackwardEngine");
        BackwardShape shape = new BackwardShape(config, map);
        gradient = readPort(map, Scratchpad.GRADIENT);
        window = readPort(map, Scratchpad.WINDOW);
        int countBits = AcceleratorConfig.ceilLog2(shape.backwardLanes() + 1);
        multiplications = out(uint(countBits));
        saturations = out(uint(countBits));
        int pointBits = Words.addressBits(config.limits().points());
        emptyPoint = in(uint(pointBits));
        lister = inst("lister", new GradientLister(shape));
        cursor = inst("cursor", new PlaneCursor(shape));
        taps = inst("taps", new TapLister(shape));
        scanner = inst("scanner", new WindowScanner(shape));
        dispatcher = inst("dispatcher", new LaneDispatcher(shape));
        slots = inst("slots", new PointSlots(shape));
        weightSwitch = inst("weightSwitch", new WeightSwitch(shape));
        resultSwitch = inst("resultSwitch", new ResultSwitch(shape));
        outputPoint = MemoryStyle.DISTRIBUTED.apply(
                mem(bits(2 * shape.listBits()), MemoryMap.LISTED_POINTS), config.target());
        listHead = reg(uint(shape.listBits()));
        connectTaps(shape);
        connectLister(shape);
        connectScanner(shape);
        connectLanes(shape);

        emptyFlag = MemoryStyle.DISTRIBUTED.apply(mem(bits(1), config.limits().points()), config.target());
        Bool noEntry = taps.segments.eq(0);
        emptyFlag.write(cursor.point, noEntry.asBits(), taps.pointDone);
        empty.assign(emptyFlag.readSync(emptyPoint, emptyRead).bit(0));
        skipped.assign(taps.pointDone.and(noEntry));

        Bool listPoint = taps.pointDone.and(noEntry.not());
        pointListed.assign(listPoint);
        slots.list.assign(listPoint);
        Bool draining = Bool.any(lane.stream().map(each -> each.draining).toList());
        busy.assign(lister.busy.or(cursor.busy).or(slots.empty.not()).or(draining));
    }

    /** A list's entries and its output point stay until no point of the layer below, from the oldest on, needs them. */
    private void connectLister(BackwardShape shape) {
        CommandPorts.connect(lister.command, command);
        GeometryPorts.connect(lister.geometry, geometry);
        lister.start.assign(start);
        forward(lister.gradient, gradient);
        int indexBits = BackwardShape.NUMBER_BITS - 1;
        outputPoint.write(
                lister.listed.slice(indexBits - 1, 0), lister.pointCount.cat(lister.pointStart), lister.pointDone);
        UInt needed = mux(slots.empty, cursor.firstNeeded, slots.oldestNeeded);
        UInt points = lister.listed.sub(needed);
        // Nothing is listed from there on, or the next thing is: a needed point beyond the lists counts as none.
        Bool none = points.eq(0).or(points.gt(MemoryMap.LISTED_POINTS));
        UInt begin = outputPoint
                .readAsync(needed.slice(indexBits - 1, 0))
                .slice(shape.listBits() - 1, 0)
                .asUInt();
        listHead.assign(mux(none, lister.tail, begin));
        when(start, () -> listHead.assign(0));
        UInt used = lister.tail.sub(listHead).resize(shape.listBits() + 1);
        UInt largest = port(OUTPUT_BLOCKS)
                .resize(shape.listBits() + 1)
                .mul(UInt.lit(shape.lanes(), shape.laneBits() + 1))
                .resize(shape.listBits() + 1);
        lister.room.assign(
                used.add(largest).lt(MemoryMap.LIST_ENTRIES).and(none.or(points.lt(MemoryMap.LISTED_POINTS))));
    }

    private void connectTaps(BackwardShape shape) {
        CommandPorts.connect(cursor.command, command);
        GeometryPorts.connect(cursor.geometry, geometry);
        cursor.start.assign(start);
        cursor.advance.assign(taps.pointDone);
        CommandPorts.connect(taps.command, command);
        GeometryPorts.connect(taps.geometry, geometry);
        taps.restart.assign(start);
        taps.pointValid.assign(cursor.valid.and(slots.full.not()));
        taps.outputRow.assign(cursor.outputRow);
        taps.outputColumn.assign(cursor.outputColumn);
        taps.tapRow.assign(cursor.tapRow);
        taps.tapColumn.assign(cursor.tapColumn);
        taps.tapBlocks.assign(cursor.tapBlocks);
        taps.number.assign(cursor.number);
        taps.listed.assign(lister.listed);
        Bits found = outputPoint.readAsync(taps.lookup.slice(BackwardShape.NUMBER_BITS - 2, 0));
        taps.listStart.assign(found.slice(shape.listBits() - 1, 0).asUInt());
        taps.listCount.assign(
                found.slice(2 * shape.listBits() - 1, shape.listBits()).asUInt());
        slots.segments.assign(taps.segments);
        slots.below.assign(cursor.below);
        slots.needed.assign(cursor.firstNeeded);
    }

    private void connectScanner(BackwardShape shape) {
        scanner.pointValid.assign(slots.waiting);
        scanner.pointBelow.assign(slots.scanBelow);
        scanner.inputBlocks.assign(port(INPUT_BLOCKS));
        scanner.inputChannels.assign(port(INPUT_CHANNELS));
        scanner.traceBelow.assign(port(TRACE_BELOW).resize(shape.traceBits()));
        forward(scanner.window, window);
        slots.scanned.assign(scanner.pointTaken);
        dispatcher.wordValid.assign(scanner.wordValid);
        scanner.wordTaken.assign(dispatcher.wordTaken);
        slots.given.assign(dispatcher.given);
        for (int group = 0; group < shape.backwardLanes(); group++) {
            dispatcher.groupMask.get(group).assign(scanner.groupMask.get(group));
            dispatcher.groupOpen.get(group).assign(scanner.groupOpen.get(group));
        }
    }

    private void connectLanes(BackwardShape shape) {
        List<Bool> multiplying = new ArrayList<>();
        List<Bool> saturated = new ArrayList<>();
        weightSwitch.restart.assign(start);
        resultSwitch.restart.assign(start);
        for (int index = 0; index < shape.backwardLanes(); index++) {
            BackwardLane child = inst("lane_" + index, new BackwardLane(shape));
            lane.add(child);
            child.restart.assign(start);
            child.listWrite.assign(lister.entryWrite);
            child.listAddress.assign(lister.tail);
            child.listEntry.assign(lister.entry);
            child.segmentWrite.assign(taps.segmentWrite);
            child.segmentAddress.assign(slots.listSlot.cat(taps.segmentIndex).asUInt());
            child.segmentEntry.assign(taps.segment);
            child.shift.assign(port(SHIFT));
            for (int slot = 0; slot < shape.slots(); slot++) {
                child.slotSegments.get(slot).assign(slots.slotSegments.get(slot));
            }
            connectItems(child, index);
            connectSwitches(shape, child, index);
            multiplying.add(child.multiplying);
            saturated.add(child.saturated);
        }
        multiplications.assign(Count.ones(multiplying).resize(multiplications.width()));
        saturations.assign(Count.ones(saturated).resize(saturations.width()));
    }

    private void connectItems(BackwardLane child, int index) {
        dispatcher.laneIdle.get(index).assign(child.idle);
        dispatcher.laneReady.get(index).assign(child.ready);
        child.give.assign(dispatcher.give.get(index));
        child.item.mask.assign(dispatcher.mask);
        child.item.open.assign(dispatcher.open);
        child.item.group.assign(dispatcher.group);
        child.item.slot.assign(slots.scanSlot);
        child.item.block.assign(scanner.block);
        child.item.word.assign(scanner.word);
        slots.itemDone.get(index).assign(child.itemDone);
        slots.itemSlot.get(index).assign(child.itemSlot);
    }

    /** The lane as the switches see it, and the bank and the write port of the group of the same number. */
    private void connectSwitches(BackwardShape shape, BackwardLane child, int index) {
        weightSwitch.request.get(index).assign(child.weightRequest);
        weightSwitch.group.get(index).assign(child.weightGroup);
        weightSwitch.address.get(index).assign(child.weightAddress);
        child.weightGrant.assign(weightSwitch.grant.get(index));
        child.weightWord.assign(weightSwitch.word.get(index));
        resultSwitch.valid.get(index).assign(child.resultValid);
        resultSwitch.result.get(index).assign(child.result);
        child.resultTaken.assign(resultSwitch.taken.get(index));
        WordLayout weights = shape.map().window(Scratchpad.BACKWARD_WEIGHT).layout();
        ReadPort bank = master(ReadPort.type(weights, shape.bankWords()));
        weight.add(bank);
        forward(weightSwitch.bank.get(index), bank);
        ElementWrite writer = master(ElementWrite.type(shape.traceBits(), shape.owned(), shape.gradientBits()));
        spikeGradient.add(writer);
        writer.assign(resultSwitch.writer.get(index));
    }

    /** Hands a child's read port on to one of ours. */
    private static void forward(ReadPort child, ReadPort ours) {
        ours.enable.assign(child.enable);
        ours.address.assign(child.address);
        child.data.assign(ours.data);
    }

    private ReadPort readPort(MemoryMap map, Scratchpad scratchpad) {
        MemoryMap.Window area = map.window(scratchpad);
        return master(ReadPort.type(area.layout(), area.words()));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
