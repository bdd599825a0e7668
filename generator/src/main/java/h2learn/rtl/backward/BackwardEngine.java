package h2learn.rtl.backward;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_CHANNELS;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.STEPS;
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
import h2learn.rtl.bus.CommandPorts;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.memory.ElementWrite;
import h2learn.rtl.memory.MemoryStyle;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BACKWARD: gu of a layer to ds of the layer below, for every point of the part (DESIGN section 4, BE). A lister finds
 * the gradients that are not zero, a scanner the open windows; the lanes multiply, decoupled over up to four points.
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
            SHIFT);

    public final ReadPort gradient;
    public final ReadPort window;
    public final List<ReadPort> weight = new ArrayList<>();
    public final List<ElementWrite> spikeGradient = new ArrayList<>();

    /** Which points were skipped, for the neuron backward unit. */
    public final Bool emptyRead = in(bool());

    public final UInt emptyPoint;
    public final Bool empty = out(bool());

    final GradientLister lister;
    final WindowScanner scanner;
    final List<BackwardLane> lane = new ArrayList<>();
    final Mem<Bits> emptyFlag;
    final UInt listSlot = reg(uint(BackwardShape.SLOT_BITS)).init(0);
    final UInt scanSlot = reg(uint(BackwardShape.SLOT_BITS)).init(0);
    final UInt listed = reg(uint(BackwardShape.SLOT_BITS + 1)).init(0);
    final UInt held = reg(uint(BackwardShape.SLOT_BITS + 1)).init(0);
    final List<UInt> slotCount = new ArrayList<>();
    final List<UInt> slotBelow = new ArrayList<>();
    final List<UInt> laneDone = new ArrayList<>();
    final UInt drain = reg(uint(4)).init(0);

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
        scanner = inst("scanner", new WindowScanner(shape));
        connectLister(shape);
        connectScanner(shape);
        connectLanes(shape);

        emptyFlag = MemoryStyle.DISTRIBUTED.apply(mem(bits(1), config.limits().points()), config.target());
        Bool noEntry = lister.pointCount.eq(0);
        emptyFlag.write(lister.point.resize(pointBits), noEntry.asBits(), lister.pointDone);
        empty.assign(emptyFlag.readSync(emptyPoint, emptyRead).bit(0));
        skipped.assign(lister.pointDone.and(noEntry));

        Bool listPoint = lister.pointDone.and(noEntry.not());
        pointListed.assign(listPoint);
        Bool scanPoint = scanner.pointTaken;
        Bool free = laneDone.stream().map(done -> done.ne(0)).reduce(Bool::and).orElseThrow();
        for (int index = 0; index < shape.backwardLanes(); index++) {
            UInt done = laneDone.get(index);
            Bool more = lane.get(index).slotDone;
            when(more.and(free.not()), () -> done.assign(done.add(1)));
            when(free.and(more.not()), () -> done.assign(done.sub(1)));
        }
        when(listPoint, () -> listSlot.assign(listSlot.add(1)));
        when(scanPoint, () -> scanSlot.assign(scanSlot.add(1)));
        count(listed, listPoint, scanPoint);
        count(held, listPoint, free);

        Bool working = lister.busy.or(held.ne(0));
        when(working, () -> drain.assign(BackwardLane.LATENCY + 1));
        when(working.not().and(drain.ne(0)), () -> drain.assign(drain.sub(1)));
        busy.assign(working.or(drain.ne(0)));
    }

    private void connectLister(BackwardShape shape) {
        lister.start.assign(start);
        lister.points.assign(port(SAMPLES).mul(port(STEPS)).resize(lister.points.width()));
        lister.outputBlocks.assign(port(OUTPUT_BLOCKS));
        lister.outputChannels.assign(port(OUTPUT_CHANNELS));
        lister.inputBlocks.assign(port(INPUT_BLOCKS));
        lister.trace.assign(port(TRACE).resize(shape.traceBits()));
        lister.weightBlock.assign(port(WEIGHT_BLOCK).resize(shape.weightBlockBits()));
        forward(lister.gradient, gradient);
        lister.slotFree.assign(held.ne(BackwardShape.SLOTS));
        for (int index = 0; index < BackwardShape.SLOTS; index++) {
            UInt entries = reg(uint(shape.listBits() + 1));
            UInt below = reg(uint(shape.traceBits()));
            slotCount.add(entries);
            slotBelow.add(below);
            when(lister.pointDone.and(listSlot.eq(index)), () -> {
                entries.assign(lister.pointCount);
                below.assign(lister.pointBelow);
            });
        }
    }

    private void connectScanner(BackwardShape shape) {
        scanner.pointValid.assign(listed.ne(0));
        scanner.pointBelow.assign(OneOf.select(scanSlot, slotBelow));
        scanner.inputBlocks.assign(port(INPUT_BLOCKS));
        scanner.inputChannels.assign(port(INPUT_CHANNELS));
        scanner.traceBelow.assign(port(TRACE_BELOW).resize(shape.traceBits()));
        forward(scanner.window, window);
    }

    private void connectLanes(BackwardShape shape) {
        List<Bool> multiplying = new ArrayList<>();
        List<Bool> saturated = new ArrayList<>();
        WordLayout weights = shape.map().window(Scratchpad.BACKWARD_WEIGHT).layout();
        int bankWords = shape.map().window(Scratchpad.BACKWARD_WEIGHT).words() / shape.backwardLanes();
        for (int index = 0; index < shape.backwardLanes(); index++) {
            BackwardLane child = inst("lane_" + index, new BackwardLane(shape));
            lane.add(child);
            child.listWrite.assign(lister.entryWrite);
            child.listAddress.assign(listSlot.cat(lister.entryIndex).asUInt());
            child.listEntry.assign(lister.entry);
            child.pushValid.assign(scanner.laneValid.get(index));
            scanner.laneReady.get(index).assign(child.pushReady);
            child.pushMask.assign(scanner.laneMask.get(index));
            child.pushOpen.assign(scanner.laneOpen.get(index));
            child.pushSlot.assign(scanSlot);
            child.pushBlock.assign(scanner.block);
            child.pushWord.assign(scanner.word);
            child.pushLast.assign(scanner.last);
            child.shift.assign(port(SHIFT));
            for (int slot = 0; slot < BackwardShape.SLOTS; slot++) {
                child.slotCount.get(slot).assign(slotCount.get(slot));
            }
            ReadPort bank = master(ReadPort.type(weights, bankWords));
            weight.add(bank);
            forward(child.weight, bank);
            ElementWrite writer = master(ElementWrite.type(shape.traceBits(), shape.owned(), shape.gradientBits()));
            spikeGradient.add(writer);
            writer.assign(child.spikeGradient);
            multiplying.add(child.multiplying);
            saturated.add(child.saturated);
            laneDone.add(reg(uint(BackwardShape.SLOT_BITS + 1)).init(0));
        }
        multiplications.assign(Count.ones(multiplying).resize(multiplications.width()));
        saturations.assign(Count.ones(saturated).resize(saturations.width()));
    }

    /** Hands a child's read port on to one of ours. */
    private static void forward(ReadPort child, ReadPort ours) {
        ours.enable.assign(child.enable);
        ours.address.assign(child.address);
        child.data.assign(ours.data);
    }

    private static void count(UInt counter, Bool up, Bool down) {
        when(up.and(down.not()), () -> counter.assign(counter.add(1)));
        when(down.and(up.not()), () -> counter.assign(counter.sub(1)));
    }

    private ReadPort readPort(MemoryMap map, Scratchpad scratchpad) {
        MemoryMap.Window area = map.window(scratchpad);
        return master(ReadPort.type(area.layout(), area.words()));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
