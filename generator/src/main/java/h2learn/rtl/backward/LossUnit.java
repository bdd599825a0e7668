package h2learn.rtl.backward;

import static h2learn.contract.CommandField.LABEL_WORD;
import static h2learn.contract.CommandField.MULTIPLIER;
import static h2learn.contract.CommandField.NEURONS;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.REPEATED;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.SPIKE_OUTPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.TRACE;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.EnumSig;
import h2learn.hdl.EnumType;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
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
 * LOSS: for each sample counts the last layer's spikes over time and over the neurons of a class, makes one ds a class
 * (mean squared error of the rate) and writes it for every neuron and step. Counting over time is N lanes wide, the walk
 * over neurons serial: (T + N) cycles a block each way, a few percent of the forward engine's time.
 */
public final class LossUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    public final Bool sampleDone = out(bool());
    /** Values of ds clipped in this cycle. */
    public final UInt saturations;

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            SAMPLES,
            STEPS,
            OUTPUT_BLOCKS,
            OUTPUT_CHANNELS,
            SPIKE_OUTPUT,
            TRACE,
            MULTIPLIER,
            SHIFT,
            NEURONS,
            LABEL_WORD,
            REPEATED);

    public final ReadPort spike;
    public final ReadPort label;
    public final WritePort spikeGradient;

    enum State {
        IDLE,
        LABEL,
        COUNT,
        COUNT_LAST,
        WALK,
        SETTLE,
        GATHER,
        WRITE
    }

    private static final int OFFSET_BITS = 24;

    final EnumSig<State> state = reg(EnumType.of(State.class)).init(State.IDLE);
    final UInt sample = reg(uint(16));
    final UInt block = reg(uint(16));
    final UInt step = reg(uint(8));
    final UInt channel = reg(uint(17));
    final UInt sampleLabel;
    final UInt laneIndex;
    final UInt neuron = reg(uint(16));
    final UInt classIndex;
    final UInt classCount = reg(uint(24));
    final UInt sampleOffset = reg(uint(OFFSET_BITS));
    final UInt offset = reg(uint(OFFSET_BITS));
    final List<UInt> laneCount = new ArrayList<>();
    final List<Bits> gathered = new ArrayList<>();
    final LossScale scale;
    final Mem<Bits> classGradient;

    public LossUnit(AcceleratorConfig config, MemoryMap map) {
        moduleName("LossUnit");
        int lanes = config.lanes();
        int gradientBits = config.formats().gradientBits();
        int classBits = AcceleratorConfig.ceilLog2(MemoryMap.MAXIMUM_CLASSES);
        MemoryMap.Window spikes = map.window(Scratchpad.SPIKE);
        MemoryMap.Window labels = map.window(Scratchpad.LABEL);
        MemoryMap.Window gradients = map.window(Scratchpad.SPIKE_GRADIENT);
        spike = master(ReadPort.type(spikes.layout(), spikes.words()));
        label = master(ReadPort.type(labels.layout(), labels.words()));
        spikeGradient = master(WritePort.type(gradients.layout(), gradients.words()));
        saturations = out(uint(AcceleratorConfig.ceilLog2(lanes) + 1));
        laneIndex = reg(uint(AcceleratorConfig.ceilLog2(lanes)));
        classIndex = reg(uint(classBits));
        sampleLabel = reg(uint(classBits));
        scale = inst("scale", new LossScale(gradientBits, classBits));
        classGradient =
                MemoryStyle.DISTRIBUTED.apply(mem(bits(gradientBits + 1), MemoryMap.MAXIMUM_CLASSES), config.target());
        busy.assign(state.is(State.IDLE).not());

        Bool counting = state.is(State.COUNT);
        spike.read(counting, offset.add(port(SPIKE_OUTPUT).resize(OFFSET_BITS)));
        label.read(state.is(State.LABEL), sample.resize(OFFSET_BITS).add(port(LABEL_WORD)));
        when(
                Pipeline.valid(state.is(State.LABEL), 1),
                () -> sampleLabel.assign(label.data.get(0).asUInt()));
        Bool counted = Pipeline.valid(counting, 1);
        Bool firstCounted = delay(step.eq(0), 1);
        Bits word = Words.flat(spike.data);
        Bool walking = state.is(State.WALK);
        for (int index = 0; index < lanes; index++) {
            UInt count = reg(uint(8));
            laneCount.add(count);
        }
        for (int index = 0; index < lanes; index++) {
            UInt count = laneCount.get(index);
            UInt spikeBit = word.bit(index).asUInt().resize(8);
            when(counted, () -> count.assign(mux(firstCounted, spikeBit, count.add(spikeBit))));
            UInt above = index + 1 < lanes ? laneCount.get(index + 1) : UInt.lit(0, 8);
            when(walking, () -> count.assign(above));
        }

        UInt stride = port(OUTPUT_BLOCKS).resize(OFFSET_BITS);
        Bool lastStep = step.eq(port(STEPS).sub(1));
        Bool lastLane = laneIndex.eq(lanes - 1);
        Bool lastBlock = block.eq(port(OUTPUT_BLOCKS).sub(1));
        Bool lastSample = sample.eq(port(SAMPLES).sub(1));
        Bool present = channel.lt(port(OUTPUT_CHANNELS).resize(17));
        Bool lastNeuron = neuron.eq(port(NEURONS).sub(1));
        UInt total = classCount.add(laneCount.get(0).resize(24));

        scale.valid.assign(walking.and(present).and(lastNeuron));
        scale.count.assign(total);
        scale.classIndex.assign(classIndex);
        scale.label.assign(sampleLabel);
        scale.target.assign(port(STEPS).mul(port(NEURONS)));
        scale.multiplier.assign(port(MULTIPLIER));
        scale.shift.assign(port(SHIFT));
        classGradient.write(scale.resultClass, scale.result, scale.resultValid);

        Bool gathering = state.is(State.GATHER);
        Bits value = classGradient.readAsync(classIndex);
        for (int index = 0; index < lanes; index++) {
            gathered.add(reg(bits(gradientBits + 1)));
        }
        for (int index = 0; index < lanes; index++) {
            Bits element = gathered.get(index);
            Bits above =
                    index + 1 < lanes ? gathered.get(index + 1) : mux(present, value, Bits.lit(0, gradientBits + 1));
            when(gathering, () -> element.assign(above));
        }
        Bool writing = state.is(State.WRITE);
        List<Bits> elements = new ArrayList<>();
        Bool countedWrite = writing.and(port(REPEATED).bit(0).not());
        List<Bool> clipped = new ArrayList<>();
        for (Bits element : gathered) {
            elements.add(element.slice(gradientBits - 1, 0));
            clipped.add(element.bit(gradientBits).and(countedWrite));
        }
        spikeGradient.write(writing, offset.add(port(TRACE).resize(OFFSET_BITS)), elements);
        saturations.assign(Count.ones(clipped).resize(saturations.width()));
        sampleDone.assign(writing.and(lastStep).and(lastBlock));

        when(walking.or(gathering), () -> {
            laneIndex.assign(laneIndex.add(1));
            channel.assign(channel.add(1));
            when(present, () -> {
                neuron.assign(neuron.add(1));
                classCount.assign(total);
                when(lastNeuron, () -> {
                    neuron.assign(0);
                    classCount.assign(0);
                    classIndex.assign(classIndex.add(1));
                });
            });
        });
        when(counting.or(writing), () -> {
            step.assign(step.add(1));
            offset.assign(offset.add(stride));
        });

        when(state.is(State.LABEL), () -> state.assign(State.COUNT));
        when(counting.and(lastStep), () -> {
            step.assign(0);
            state.assign(State.COUNT_LAST);
        });
        when(state.is(State.COUNT_LAST), () -> state.assign(State.WALK));
        when(walking.and(lastLane), () -> {
            nextBlock(lastBlock);
            state.assign(
                    mux(lastBlock, state.type().lit(State.SETTLE), state.type().lit(State.COUNT)));
        });
        when(state.is(State.SETTLE), () -> {
            step.assign(step.add(1));
            when(step.eq(LossScale.LATENCY), () -> {
                step.assign(0);
                channel.assign(0);
                neuron.assign(0);
                classIndex.assign(0);
                state.assign(State.GATHER);
            });
        });
        when(gathering.and(lastLane), () -> state.assign(State.WRITE));
        when(writing.and(lastStep), () -> {
            step.assign(0);
            nextBlock(lastBlock);
            state.assign(State.GATHER);
            when(lastBlock, () -> {
                UInt next =
                        sampleOffset.add(port(STEPS).mul(port(OUTPUT_BLOCKS)).resize(OFFSET_BITS));
                beginSample(next);
                sample.assign(sample.add(1));
                state.assign(mux(
                        lastSample, state.type().lit(State.IDLE), state.type().lit(State.LABEL)));
            });
        });
        when(start, () -> {
            beginSample(UInt.lit(0, OFFSET_BITS));
            sample.assign(0);
            laneIndex.assign(0);
            state.assign(State.LABEL);
        });
    }

    /** Goes to the next block of the sample, or back to the first. */
    private void nextBlock(Bool lastBlock) {
        UInt next = block.add(1);
        block.assign(next);
        offset.assign(sampleOffset.add(next.resize(OFFSET_BITS)));
        when(lastBlock, () -> {
            block.assign(0);
            offset.assign(sampleOffset);
        });
    }

    private void beginSample(UInt first) {
        sampleOffset.assign(first);
        offset.assign(first);
        block.assign(0);
        step.assign(0);
        channel.assign(0);
        neuron.assign(0);
        classIndex.assign(0);
        classCount.assign(0);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
