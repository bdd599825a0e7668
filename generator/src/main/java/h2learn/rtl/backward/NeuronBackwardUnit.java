package h2learn.rtl.backward;

import static h2learn.contract.CommandField.ALPHA;
import static h2learn.contract.CommandField.BETA;
import static h2learn.contract.CommandField.OUTPUT_BLOCK;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.SPARSE_DS;
import static h2learn.contract.CommandField.SPIKE_OUTPUT;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.SUM_WORD;
import static h2learn.contract.CommandField.TRACE;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.forward.StepLoop;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.OptionFields;
import h2learn.rtl.logic.Count;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.MemoryStyle;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import h2learn.rtl.memory.WritePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * NEURON_BACKWARD: runs t = T..1 for one channel block, N channels in parallel; reads s, h, u and ds, writes gu and, at
 * the end of a layer with a static input, its sum over time. Positions are interleaved as in the forward direction.
 */
public final class NeuronBackwardUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    public final Bool useful = out(bool());
    /** Values of gu clipped in this cycle. */
    public final UInt saturations;

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            STATIC_INPUT, SPARSE_DS, STEPS, OUTPUT_BLOCKS, OUTPUT_BLOCK, SPIKE_OUTPUT, TRACE, ALPHA, BETA, SUM_WORD);

    public final Map<Geometry, UInt> geometry = GeometryPorts.inputs(Geometry.POSITIONS);

    /** What options read of the command. */
    public final Map<CommandField, UInt> option;

    public final ReadPort spike;
    public final ReadPort window;
    public final ReadPort potential;
    public final ReadPort spikeGradient;
    /** Whether the point has no ds: the backward engine skipped it. */
    public final Bool emptyRead = out(bool());

    public final UInt emptyPoint;
    public final Bool empty = in(bool());
    public final WritePort gradient;
    public final WritePort gradientSum;

    private static final int LOOP = NeuronBackwardLane.LATENCY + 2;

    final StepLoop loop;
    final List<NeuronBackwardLane> lane = new ArrayList<>();
    final List<Mem<Bits>> state = new ArrayList<>();
    final List<Mem<Bits>> sum = new ArrayList<>();

    public NeuronBackwardUnit(AcceleratorConfig config, MemoryMap map) {
        moduleName("NeuronBackwardUnit");
        int lanes = config.lanes();
        int pointBits = Words.addressBits(config.limits().points());
        spike = readPort(map, Scratchpad.SPIKE);
        window = readPort(map, Scratchpad.WINDOW);
        potential = readPort(map, Scratchpad.POTENTIAL);
        spikeGradient = readPort(map, Scratchpad.SPIKE_GRADIENT);
        gradient = writePort(map, Scratchpad.GRADIENT);
        gradientSum = writePort(map, Scratchpad.GRADIENT_SUM);
        emptyPoint = out(uint(pointBits));
        saturations = out(uint(AcceleratorConfig.ceilLog2(lanes) + 1));

        option = CommandPorts.inputs(OptionFields.neuronBackward(config.options()));

        loop = inst("loop", new StepLoop("NeuronBackwardLoop", config, LOOP, true));
        loop.start.assign(start);
        UInt positions = GeometryPorts.of(geometry, Geometry.POSITIONS);
        loop.positions.assign(positions.resize(16));
        loop.steps.assign(port(STEPS));
        loop.blocks.assign(port(OUTPUT_BLOCKS));
        loop.block.assign(port(OUTPUT_BLOCK));
        busy.assign(loop.busy);
        useful.assign(loop.valid);

        UInt traceWord = loop.offset.add(port(TRACE).resize(StepLoop.OFFSET_BITS));
        spike.read(loop.valid, loop.offset.add(port(SPIKE_OUTPUT).resize(StepLoop.OFFSET_BITS)));
        window.read(loop.valid, traceWord);
        potential.read(loop.valid, traceWord);
        spikeGradient.read(loop.valid, traceWord);
        emptyRead.assign(loop.valid);
        emptyPoint.assign(loop.point);

        Bool firstStep = delay(loop.firstStep, 1);
        Bool noGradient = empty.and(port(SPARSE_DS).bit(0));
        int latency = NeuronBackwardLane.LATENCY + 1;
        Bool write = Pipeline.valid(loop.valid, latency);
        UInt word = delay(traceWord, latency);
        UInt position = loop.position.resize(pointBits);
        Bool sumRead = Pipeline.valid(loop.valid, latency - 1);
        UInt sumAddress = delay(position, latency - 1);
        UInt positionOut = delay(position, latency);
        Bool firstOut = delay(loop.firstStep, latency);
        Bool lastOut = delay(loop.lastStep, latency);

        WordLayout potentials = map.window(Scratchpad.POTENTIAL).layout();
        WordLayout gradients = map.window(Scratchpad.SPIKE_GRADIENT).layout();
        Bits spikes = Words.flat(spike.data);
        Bits windows = Words.flat(window.data);
        int gradientBits = config.formats().gradientBits();
        int sumBits = config.gradientSumBits();
        List<Bits> results = new ArrayList<>();
        List<Bits> sums = new ArrayList<>();
        List<Bool> clipped = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            NeuronBackwardLane child = inst("lane_" + index, new NeuronBackwardLane(config));
            lane.add(child);
            Mem<Bits> stateMemory = laneMemory(gradientBits, config);
            state.add(stateMemory);
            Mem<Bits> sumMemory = laneMemory(sumBits, config);
            sum.add(sumMemory);
            Bits next = stateMemory.readSync(position, loop.valid);
            child.spike.assign(spikes.bit(index));
            child.open.assign(windows.bit(index));
            child.potential.assign(
                    Words.element(potentials, potential.data, index).asSInt());
            SInt ds = Words.element(gradients, spikeGradient.data, index).asSInt();
            child.spikeGradient.assign(mux(noGradient, SInt.lit(0, gradientBits), ds));
            child.next.assign(mux(firstStep, SInt.lit(0, gradientBits), next.asSInt()));
            child.alpha.assign(port(ALPHA));
            child.beta.assign(port(BETA));
            CommandPorts.connect(child.option, option);
            stateMemory.write(positionOut, child.gradient.asBits(), write);
            SInt before = sumMemory.readSync(sumAddress, sumRead).asSInt();
            SInt after = mux(firstOut, SInt.lit(0, sumBits), before).add(child.gradient.resize(sumBits));
            sumMemory.write(positionOut, after.asBits(), write);
            results.add(child.gradient.asBits());
            sums.add(after.asBits());
            clipped.add(child.saturated.and(write));
        }
        gradient.write(write, word, results);
        UInt sumWord = positionOut
                .resize(16)
                .mul(port(OUTPUT_BLOCKS))
                .add(port(OUTPUT_BLOCK).resize(32))
                .add(port(SUM_WORD).resize(32));
        gradientSum.write(write.and(lastOut).and(port(STATIC_INPUT).bit(0)), sumWord, sums);
        saturations.assign(Count.ones(clipped).resize(saturations.width()));
    }

    private Mem<Bits> laneMemory(int bits, AcceleratorConfig config) {
        return MemoryStyle.DISTRIBUTED.apply(mem(bits(bits), config.limits().points()), config.target());
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
