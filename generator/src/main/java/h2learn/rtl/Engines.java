package h2learn.rtl;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.hdl.Area;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.backward.BackwardEngine;
import h2learn.rtl.backward.LossUnit;
import h2learn.rtl.backward.NeuronBackwardUnit;
import h2learn.rtl.bus.CommandProcessor;
import h2learn.rtl.bus.EngineCounters;
import h2learn.rtl.forward.ForwardEngine;
import h2learn.rtl.forward.NeuronUnit;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.pool.PoolBackwardUnit;
import h2learn.rtl.pool.PoolUnit;
import h2learn.rtl.update.UpdateUnit;
import h2learn.rtl.update.WeightGradientEngine;
import java.util.EnumMap;
import java.util.Map;

/** The engines of one accelerator, and how they are wired to their memories, commands and counters. */
final class Engines extends Area {
    final ForwardEngine forward;
    final NeuronUnit neuron;
    final LossUnit loss;
    final BackwardEngine backward;
    final NeuronBackwardUnit neuronBackward;
    final WeightGradientEngine weightGradient;
    final UpdateUnit update;
    final PoolUnit pool;
    final PoolBackwardUnit poolBackward;

    Engines(AcceleratorConfig config, MemoryMap map) {
        forward = Circuit.inst(new ForwardEngine(config, map));
        neuron = Circuit.inst(new NeuronUnit(config, map));
        loss = Circuit.inst(new LossUnit(config, map));
        backward = Circuit.inst(new BackwardEngine(config, map));
        neuronBackward = Circuit.inst(new NeuronBackwardUnit(config, map));
        weightGradient = Circuit.inst(new WeightGradientEngine(config, map));
        update = Circuit.inst(new UpdateUnit(config, map));
        pool = Circuit.inst(new PoolUnit(config, map));
        poolBackward = Circuit.inst(new PoolBackwardUnit(config, map));
    }

    void connectMemories(Scratchpads memories) {
        Wires.read(forward.spike, memories.spike.readers.get(0));
        Wires.read(neuronBackward.spike, memories.spike.readers.get(1));
        Wires.read(loss.spike, memories.spike.readers.get(2));
        Wires.read(weightGradient.spike, memories.spike.readers.get(3));
        Wires.write(neuron.spike, memories.spike.writers.get(0));
        Wires.read(backward.window, memories.window.readers.get(0));
        Wires.read(neuronBackward.window, memories.window.readers.get(1));
        Wires.write(neuron.window, memories.window.writers.get(0));
        Wires.read(neuronBackward.potential, memories.potential.readers.get(0));
        Wires.write(neuron.potential, memories.potential.writers.get(0));
        Wires.read(backward.gradient, memories.gradient.readers.get(0));
        Wires.read(weightGradient.gradient, memories.gradient.readers.get(1));
        Wires.write(neuronBackward.gradient, memories.gradient.writers.get(0));
        Wires.read(weightGradient.gradientSum, memories.gradientSum.readers.get(0));
        Wires.write(neuronBackward.gradientSum, memories.gradientSum.writers.get(0));
        Wires.read(loss.label, memories.label.readers.get(0));
        Wires.read(neuronBackward.spikeGradient, memories.spikeGradient.readers.get(0));
        Wires.write(loss.spikeGradient, memories.spikeGradient.writers.get(0));
        for (int group = 0; group < backward.weight.size(); group++) {
            Wires.write(backward.spikeGradient.get(group), memories.spikeGradient.groupWriter.get(group));
            Wires.read(backward.weight.get(group), memories.backwardWeight.reader.get(group));
        }
        backward.emptyRead.assign(neuronBackward.emptyRead.or(poolBackward.emptyRead));
        backward.emptyPoint.assign(
                Circuit.mux(poolBackward.emptyRead, poolBackward.emptyPoint, neuronBackward.emptyPoint));
        neuronBackward.empty.assign(backward.empty);
        poolBackward.empty.assign(backward.empty);
        Wires.read(update.master, memories.master.readers.get(0));
        Wires.write(update.masterOut, memories.master.writers.get(0));
        Wires.write(update.backwardWeight, memories.backwardWeight.writer);
        if (update.momentum != null && update.momentumOut != null && memories.momentum != null) {
            Wires.read(update.momentum, memories.momentum.readers.get(0));
            Wires.write(update.momentumOut, memories.momentum.writers.get(0));
        }
        connectPools(memories);
        connectAccumulators(memories);
        connectWeightGradients(memories);
    }

    private void connectPools(Scratchpads memories) {
        Wires.read(pool.spike, memories.spike.readers.get(4));
        Wires.read(pool.window, memories.window.readers.get(2));
        Wires.write(pool.spikeOut, memories.spike.writers.get(1));
        Wires.write(pool.windowOut, memories.window.writers.get(1));
        Wires.write(pool.maximumOut, memories.gradient.writers.get(1));
        Wires.read(poolBackward.window, memories.window.readers.get(3));
        Wires.read(poolBackward.maximum, memories.gradient.readers.get(2));
        Wires.read(poolBackward.spikeGradient, memories.spikeGradient.readers.get(1));
        Wires.write(poolBackward.spikeGradientOut, memories.spikeGradient.writers.get(1));
    }

    private void connectAccumulators(Scratchpads memories) {
        memories.forwardWeight.read.assign(forward.weightRead);
        memories.forwardWeight.block.assign(forward.weightBlock);
        memories.forwardWeight.write.assign(update.forwardWrite);
        memories.forwardWeight.writeBlock.assign(update.forwardBlock);
        memories.accumulator.add.assign(forward.add);
        memories.accumulator.address.assign(forward.addPoint);
        memories.accumulator.overwrite.assign(forward.addOverwrite);
        memories.accumulator.read.assign(neuron.accumulatorRead);
        memories.accumulator.readAddress.assign(neuron.accumulatorPoint);
        memories.accumulator.clear.assign(false);
        memories.accumulator.clearAddress.assign(0);
        for (int lane = 0; lane < forward.addend.size(); lane++) {
            forward.weightRow.get(lane).assign(memories.forwardWeight.row.get(lane));
            memories.forwardWeight.writeRow.get(lane).assign(update.forwardRow.get(lane));
            memories.accumulator.base.get(lane).assign(forward.addBase.get(lane));
            memories.accumulator.addend.get(lane).assign(forward.addend.get(lane));
            neuron.accumulator.get(lane).assign(memories.accumulator.word.get(lane));
        }
    }

    private void connectWeightGradients(Scratchpads memories) {
        memories.weightGradient.add.assign(weightGradient.add);
        memories.weightGradient.address.assign(weightGradient.addWord);
        memories.weightGradient.read.assign(update.gradientRead);
        memories.weightGradient.readAddress.assign(update.gradientWord);
        memories.weightGradient.clear.assign(update.gradientClear);
        memories.weightGradient.clearAddress.assign(update.gradientClearWord);
        for (int lane = 0; lane < update.gradient.size(); lane++) {
            memories.weightGradient.addend.get(lane).assign(weightGradient.addend.get(lane));
            update.gradient.get(lane).assign(memories.weightGradient.word.get(lane));
        }
    }

    /** Gives every engine its command fields and its start, and the processor their busy signals. */
    void connectCommands(CommandProcessor processor) {
        Vec<Bits> words = processor.command;
        CommandPorts.connect(forward.command, words);
        CommandPorts.connect(neuron.command, words);
        CommandPorts.connect(loss.command, words);
        CommandPorts.connect(backward.command, words);
        CommandPorts.connect(neuronBackward.command, words);
        CommandPorts.connect(weightGradient.command, words);
        CommandPorts.connect(update.command, words);
        CommandPorts.connect(pool.command, words);
        CommandPorts.connect(poolBackward.command, words);
        CommandPorts.connect(neuron.option, words);
        CommandPorts.connect(neuronBackward.option, words);
        CommandPorts.connect(update.option, words);
        GeometryPorts.connect(forward.geometry, processor.geometry);
        GeometryPorts.connect(neuron.geometry, processor.geometry);
        GeometryPorts.connect(backward.geometry, processor.geometry);
        GeometryPorts.connect(neuronBackward.geometry, processor.geometry);
        GeometryPorts.connect(weightGradient.geometry, processor.geometry);
        GeometryPorts.connect(pool.geometry, processor.geometry);
        GeometryPorts.connect(poolBackward.geometry, processor.geometry);
        for (Engine engine : Engine.values()) {
            start(engine).assign(processor.start.get(engine.ordinal()));
            processor.engineBusy.get(engine.ordinal()).assign(busy(engine));
        }
    }

    /** Values of gu and ds clipped in this cycle, of whichever engine runs. */
    UInt saturations() {
        int width = Math.max(neuronBackward.saturations.width(), backward.saturations.width());
        return neuronBackward
                .saturations
                .resize(width)
                .or(loss.saturations.resize(width))
                .or(backward.saturations.resize(width))
                .or(poolBackward.saturations.resize(width));
    }

    Map<Engine, EngineCounters> counters(Bool clear) {
        Map<Engine, EngineCounters> counters = new EnumMap<>(Engine.class);
        for (Engine engine : Engine.values()) {
            UInt useful = useful(engine);
            EngineCounters unit = Circuit.inst("counters_" + engine.name(), new EngineCounters(useful.width()));
            unit.clear.assign(clear);
            unit.isBusy.assign(busy(engine));
            unit.usefulNow.assign(useful);
            unit.itemNow.assign(item(engine));
            unit.skippedNow.assign(
                    switch (engine) {
                        case BACKWARD -> backward.skipped;
                        case WEIGHT_GRADIENT -> weightGradient.blockSkipped;
                        default -> Bool.lit(false);
                    });
            counters.put(engine, unit);
        }
        return counters;
    }

    private Bool start(Engine engine) {
        return switch (engine) {
            case FORWARD -> forward.start;
            case NEURON -> neuron.start;
            case LOSS -> loss.start;
            case BACKWARD -> backward.start;
            case NEURON_BACKWARD -> neuronBackward.start;
            case WEIGHT_GRADIENT -> weightGradient.start;
            case UPDATE -> update.start;
            case POOL -> pool.start;
            case POOL_BACKWARD -> poolBackward.start;
        };
    }

    private Bool busy(Engine engine) {
        return switch (engine) {
            case FORWARD -> forward.busy;
            case NEURON -> neuron.busy;
            case LOSS -> loss.busy;
            case BACKWARD -> backward.busy;
            case NEURON_BACKWARD -> neuronBackward.busy;
            case WEIGHT_GRADIENT -> weightGradient.busy;
            case UPDATE -> update.busy;
            case POOL -> pool.busy;
            case POOL_BACKWARD -> poolBackward.busy;
        };
    }

    private Bool item(Engine engine) {
        return switch (engine) {
            case FORWARD -> forward.blockFilled;
            case NEURON -> neuron.useful;
            case LOSS -> loss.sampleDone;
            case BACKWARD -> backward.pointListed;
            case NEURON_BACKWARD -> neuronBackward.useful;
            case WEIGHT_GRADIENT -> weightGradient.blockTaken;
            case UPDATE -> update.useful;
            case POOL -> pool.wordDone;
            case POOL_BACKWARD -> poolBackward.wordDone;
        };
    }

    private UInt useful(Engine engine) {
        return switch (engine) {
            case FORWARD -> forward.useful.asUInt();
            case NEURON -> neuron.useful.asUInt();
            case LOSS -> loss.sampleDone.asUInt();
            case BACKWARD -> backward.multiplications;
            case NEURON_BACKWARD -> neuronBackward.useful.asUInt();
            case WEIGHT_GRADIENT -> weightGradient.useful.asUInt();
            case UPDATE -> update.useful.asUInt();
            case POOL -> pool.useful.asUInt();
            case POOL_BACKWARD -> poolBackward.useful.asUInt();
        };
    }
}
