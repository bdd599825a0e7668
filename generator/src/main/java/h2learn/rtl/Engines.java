package h2learn.rtl;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.hdl.Area;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.backward.BackwardEngine;
import h2learn.rtl.backward.LossUnit;
import h2learn.rtl.backward.NeuronBackwardUnit;
import h2learn.rtl.bus.EngineCounters;
import h2learn.rtl.command.EngineQueue;
import h2learn.rtl.forward.ForwardEngine;
import h2learn.rtl.forward.NeuronUnit;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.pool.PoolBackwardUnit;
import h2learn.rtl.pool.PoolUnit;
import h2learn.rtl.transfer.LoadUnit;
import h2learn.rtl.transfer.StoreUnit;
import h2learn.rtl.transfer.TransferShape;
import h2learn.rtl.update.UpdateUnit;
import h2learn.rtl.update.WeightGradientEngine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
    final LoadUnit load;
    final StoreUnit store;

    Engines(TransferShape shape) {
        AcceleratorConfig config = shape.config();
        MemoryMap map = shape.map();
        forward = Circuit.inst(new ForwardEngine(config, map));
        neuron = Circuit.inst(new NeuronUnit(config, map));
        loss = Circuit.inst(new LossUnit(config, map));
        backward = Circuit.inst(new BackwardEngine(config, map));
        neuronBackward = Circuit.inst(new NeuronBackwardUnit(config, map));
        weightGradient = Circuit.inst(new WeightGradientEngine(config, map));
        update = Circuit.inst(new UpdateUnit(config, map));
        pool = Circuit.inst(new PoolUnit(config, map));
        poolBackward = Circuit.inst(new PoolBackwardUnit(config, map));
        load = Circuit.inst(new LoadUnit(shape));
        store = Circuit.inst(new StoreUnit(shape));
    }

    void connectMemories(Scratchpads memories) {
        Wires.read(
                forward.spike, memories.spike.readers.get(Scratchpads.FORWARD).get(0));
        Wires.read(
                neuronBackward.spike,
                memories.spike.readers.get(Scratchpads.BACKWARD).get(0));
        Wires.read(loss.spike, memories.spike.readers.get(Scratchpads.BACKWARD).get(1));
        Wires.read(
                weightGradient.spike,
                memories.spike.readers.get(Scratchpads.GRADIENT).get(0));
        Wires.write(neuron.spike, memories.spike.writers.get(0));
        Wires.read(
                backward.window,
                memories.window.readers.get(Scratchpads.BACKWARD).get(0));
        Wires.read(
                neuronBackward.window,
                memories.window.readers.get(Scratchpads.BACKWARD).get(1));
        Wires.write(neuron.window, memories.window.writers.get(0));
        Wires.read(neuronBackward.potential, memories.potential.readers.get(0).get(0));
        Wires.write(neuron.potential, memories.potential.writers.get(0));
        Wires.read(backward.gradient, memories.gradient.readers.get(0).get(0));
        Wires.read(weightGradient.gradient, memories.gradient.readers.get(1).get(0));
        Wires.write(neuronBackward.gradient, memories.gradient.writers.get(0));
        Wires.read(
                weightGradient.gradientSum, memories.gradientSum.readers.get(0).get(0));
        Wires.write(neuronBackward.gradientSum, memories.gradientSum.writers.get(0));
        Wires.read(loss.label, memories.label.readers.get(0).get(0));
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
        Wires.read(update.master, memories.master.readers.get(0).get(0));
        Wires.write(update.masterOut, memories.master.writers.get(0));
        Wires.write(update.backwardWeight, memories.backwardWeight.writer);
        if (update.momentum != null && update.momentumOut != null && memories.momentum != null) {
            Wires.read(update.momentum, memories.momentum.readers.get(0).get(0));
            Wires.write(update.momentumOut, memories.momentum.writers.get(0));
        }
        connectPools(memories);
        connectAccumulators(memories);
        connectWeightGradients(memories);
    }

    private void connectPools(Scratchpads memories) {
        Wires.read(pool.spike, memories.spike.readers.get(Scratchpads.FORWARD).get(1));
        Wires.read(pool.window, memories.window.readers.get(Scratchpads.FORWARD).get(0));
        Wires.write(pool.spikeOut, memories.spike.writers.get(1));
        Wires.write(pool.windowOut, memories.window.writers.get(1));
        Wires.write(pool.maximumOut, memories.potential.writers.get(1));
        Wires.read(
                poolBackward.window,
                memories.window.readers.get(Scratchpads.BACKWARD).get(2));
        Wires.read(poolBackward.maximum, memories.potential.readers.get(0).get(1));
        Wires.read(poolBackward.spikeGradient, memories.spikeGradient.readers.get(1));
        Wires.write(poolBackward.spikeGradientOut, memories.spikeGradient.writers.get(1));
    }

    private void connectAccumulators(Scratchpads memories) {
        memories.forwardWeight.read.assign(forward.weightRead);
        memories.forwardWeight.hold.assign(forward.weightHold);
        memories.forwardWeight.block.assign(forward.weightBlock);
        memories.forwardWeight.write.assign(update.forwardWrite);
        memories.forwardWeight.writeBlock.assign(update.forwardBlock);
        memories.accumulator.add.assign(forward.add);
        memories.accumulator.address.assign(forward.addPoint);
        memories.accumulator.overwrite.assign(forward.addOverwrite);
        memories.accumulator.read.assign(neuron.accumulatorRead);
        memories.accumulator.readAddress.assign(neuron.accumulatorPoint);
        memories.accumulator.storeAddress.assign(0);
        for (int lane = 0; lane < forward.addend.size(); lane++) {
            forward.weightRow.get(lane).assign(memories.forwardWeight.row.get(lane));
            memories.forwardWeight.writeRow.get(lane).assign(update.forwardRow.get(lane));
            memories.accumulator.store.get(lane).assign(false);
            memories.accumulator.storeWord.get(lane).assign(0);
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

    /** Gives every engine the command fields and the geometry of its queue and its start, and the queue its busy signal. */
    void connectCommands(Commands commands) {
        EngineQueue first = commands.queue(CommandQueue.FORWARD);
        EngineQueue second = commands.queue(CommandQueue.BACKWARD);
        EngineQueue third = commands.queue(CommandQueue.GRADIENT);
        List.of(forward.command, neuron.command, neuron.option, pool.command)
                .forEach(ports -> CommandPorts.connect(ports, first.command));
        List.of(loss.command, backward.command, neuronBackward.command, neuronBackward.option, poolBackward.command)
                .forEach(ports -> CommandPorts.connect(ports, second.command));
        List.of(weightGradient.command, update.command, update.option)
                .forEach(ports -> CommandPorts.connect(ports, third.command));
        List.of(forward.geometry, neuron.geometry, pool.geometry)
                .forEach(ports -> GeometryPorts.connect(ports, first.geometry));
        List.of(backward.geometry, neuronBackward.geometry, poolBackward.geometry)
                .forEach(ports -> GeometryPorts.connect(ports, second.geometry));
        GeometryPorts.connect(weightGradient.geometry, third.geometry);
        List.of(first, second, third).forEach(queue -> queue.engineError.assign(0));
        CommandPorts.connect(load.command, commands.queue(CommandQueue.LOAD).command);
        CommandPorts.connect(store.command, commands.queue(CommandQueue.STORE).command);
        commands.queue(CommandQueue.LOAD).engineError.assign(load.errorCode.resize(8));
        commands.queue(CommandQueue.STORE).engineError.assign(store.errorCode.resize(8));
        for (Engine engine : Engine.values()) {
            EngineQueue queue = commands.queueOf(engine);
            Wires.engine(queue, engine, start(engine), busy(engine));
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

    /** An engine does something useful or passes over something in this cycle. */
    Bool move() {
        List<Bool> moving = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            moving.add(useful(engine).ne(0));
            moving.add(item(engine));
            moving.add(skipped(engine));
        }
        return Bool.any(moving);
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
            unit.skippedNow.assign(skipped(engine));
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
            case LOAD -> load.start;
            case STORE -> store.start;
        };
    }

    Bool busy(Engine engine) {
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
            case LOAD -> load.busy;
            case STORE -> store.busy;
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
            case LOAD -> load.item;
            case STORE -> store.item;
        };
    }

    private Bool skipped(Engine engine) {
        return switch (engine) {
            case BACKWARD -> backward.skipped;
            case WEIGHT_GRADIENT -> weightGradient.blockSkipped;
            case LOAD -> load.skipped;
            case STORE -> store.skipped;
            default -> Bool.lit(false);
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
            case LOAD -> load.useful;
            case STORE -> store.useful;
        };
    }
}
