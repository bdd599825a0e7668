package h2learn.rtl.forward;

import static h2learn.contract.CommandField.ALPHA;
import static h2learn.contract.CommandField.INPUT_FRACTION;
import static h2learn.contract.CommandField.OUTPUT_BLOCK;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.SPIKE_OUTPUT;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.THETA;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.WINDOW;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.OptionFields;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.MemoryStyle;
import h2learn.rtl.memory.Words;
import h2learn.rtl.memory.WritePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * NEURON: runs t = 1..T for one output block, N channels in parallel, from the forward accumulators; writes s, h and u.
 * Positions are interleaved, so that the membrane potential has come back from the pipeline before its next step.
 */
public final class NeuronUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    public final Bool useful = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            STATIC_INPUT,
            STEPS,
            OUTPUT_BLOCKS,
            OUTPUT_BLOCK,
            INPUT_FRACTION,
            OUTPUT_CHANNELS,
            SPIKE_OUTPUT,
            TRACE,
            THETA,
            WINDOW,
            ALPHA);

    public final Map<Geometry, UInt> geometry = GeometryPorts.inputs(Geometry.POSITIONS);

    /** What options read of the command. */
    public final Map<CommandField, UInt> option;

    public final Bool accumulatorRead = out(bool());
    public final UInt accumulatorPoint;
    public final List<SInt> accumulator = new ArrayList<>();
    public final WritePort spike;
    public final WritePort window;
    public final WritePort potential;

    /** From reading an accumulator to writing the state that the next step of the position reads. */
    private static final int LOOP = NeuronLane.LATENCY + 2;

    final StepLoop loop;
    final List<NeuronLane> lane = new ArrayList<>();
    final List<Mem<Bits>> state = new ArrayList<>();

    public NeuronUnit(AcceleratorConfig config, MemoryMap map) {
        moduleName("NeuronUnit");
        int lanes = config.lanes();
        int pointBits = Words.addressBits(config.limits().points());
        accumulatorPoint = out(uint(pointBits));
        spike = master(WritePort.type(
                map.window(Scratchpad.SPIKE).layout(),
                map.window(Scratchpad.SPIKE).words()));
        window = master(WritePort.type(
                map.window(Scratchpad.WINDOW).layout(),
                map.window(Scratchpad.WINDOW).words()));
        potential = master(WritePort.type(
                map.window(Scratchpad.POTENTIAL).layout(),
                map.window(Scratchpad.POTENTIAL).words()));

        option = CommandPorts.inputs(OptionFields.neuron(config.options()));

        loop = inst("loop", new StepLoop("NeuronLoop", config, LOOP, false));
        loop.start.assign(start);
        loop.positions.assign(GeometryPorts.of(geometry, Geometry.POSITIONS).resize(16));
        loop.steps.assign(port(STEPS));
        loop.blocks.assign(port(OUTPUT_BLOCKS));
        loop.block.assign(port(OUTPUT_BLOCK));
        busy.assign(loop.busy);
        useful.assign(loop.valid);

        accumulatorRead.assign(loop.valid);
        accumulatorPoint.assign(mux(port(STATIC_INPUT).bit(0), loop.position.resize(pointBits), loop.point));

        // The words of a step lie (position * T + t) * blocks + block behind the layer's first word, in every memory.
        int latency = NeuronLane.LATENCY + 1;
        Bool write = Pipeline.valid(loop.valid, latency);
        UInt offset = delay(loop.offset, latency);
        UInt positionOut = delay(loop.position.resize(pointBits), latency);
        Bool first = delay(loop.firstStep, 1);

        UInt firstChannel = port(OUTPUT_BLOCK).mul(UInt.lit(lanes, AcceleratorConfig.ceilLog2(lanes) + 1));
        List<Bits> spikes = new ArrayList<>();
        List<Bits> windows = new ArrayList<>();
        List<Bits> potentials = new ArrayList<>();
        int stateBits = config.formats().potentialBits() + 1;
        for (int index = 0; index < lanes; index++) {
            SInt word = in(sint(config.formats().accumulatorBits()));
            accumulator.add(word);
            NeuronLane child = inst("lane_" + index, new NeuronLane(config));
            lane.add(child);
            Mem<Bits> memory = MemoryStyle.DISTRIBUTED.apply(
                    mem(bits(stateBits), config.limits().points()), config.target());
            state.add(memory);
            Bits previous = memory.readSync(loop.position.resize(pointBits), loop.valid);
            child.accumulator.assign(word);
            child.previousPotential.assign(previous.slice(stateBits - 2, 0).asSInt());
            child.previousSpike.assign(previous.bit(stateBits - 1));
            child.firstStep.assign(first);
            child.alpha.assign(port(ALPHA));
            child.inputFraction.assign(port(INPUT_FRACTION).resize(5));
            child.theta.assign(port(THETA).asSInt());
            child.window.assign(port(WINDOW).asSInt());
            CommandPorts.connect(child.option, option);
            child.present.assign(
                    firstChannel.add(index).lt(port(OUTPUT_CHANNELS).resize(firstChannel.width())));
            memory.write(positionOut, child.spike.asBits().cat(child.potential), write);
            spikes.add(child.spike.asBits());
            windows.add(child.open.asBits());
            potentials.add(child.potential.asBits());
        }
        spike.write(write, offset.add(port(SPIKE_OUTPUT).resize(offset.width())), spikes);
        window.write(write, offset.add(port(TRACE).resize(offset.width())), windows);
        potential.write(write, offset.add(port(TRACE).resize(offset.width())), potentials);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
