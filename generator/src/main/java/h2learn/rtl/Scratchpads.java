package h2learn.rtl;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Area;
import h2learn.hdl.Circuit;
import h2learn.rtl.bus.HostAccess;
import h2learn.rtl.memory.AccumulatorMemory;
import h2learn.rtl.memory.BackwardWeightMemory;
import h2learn.rtl.memory.ForwardWeightMemory;
import h2learn.rtl.memory.ScratchpadMemory;
import h2learn.rtl.memory.SpikeGradientMemory;
import h2learn.rtl.memory.WeightGradientMemory;
import org.jspecify.annotations.Nullable;

/** All memories of one accelerator. */
final class Scratchpads extends Area {
    final ScratchpadMemory spike;
    final ScratchpadMemory window;
    final ScratchpadMemory potential;
    final ScratchpadMemory gradient;
    final SpikeGradientMemory spikeGradient;
    final ScratchpadMemory gradientSum;
    final ScratchpadMemory label;
    final ScratchpadMemory master;
    final WeightGradientMemory weightGradient;
    final ForwardWeightMemory forwardWeight;
    final BackwardWeightMemory backwardWeight;
    final AccumulatorMemory accumulator;
    /** Only with options.momentum. */
    final @Nullable ScratchpadMemory momentum;

    Scratchpads(AcceleratorConfig config, MemoryMap map) {
        Target target = config.target();
        int backwardLanes = config.backward().lanes();
        int accumulatorBits = config.formats().accumulatorBits();
        spike = plain("SpikeMemory", map.window(Scratchpad.SPIKE), 5, 2, target);
        window = plain("WindowMemory", map.window(Scratchpad.WINDOW), 4, 2, target);
        potential = plain("PotentialMemory", map.window(Scratchpad.POTENTIAL), 1, 1, target);
        gradient = plain("GradientMemory", map.window(Scratchpad.GRADIENT), 3, 2, target);
        gradientSum = plain("GradientSumMemory", map.window(Scratchpad.GRADIENT_SUM), 1, 1, target);
        label = plain("LabelMemory", map.window(Scratchpad.LABEL), 1, 0, target);
        master = plain("MasterMemory", map.window(Scratchpad.MASTER), 1, 1, target);
        Window ds = map.window(Scratchpad.SPIKE_GRADIENT);
        spikeGradient = Circuit.inst(
                new SpikeGradientMemory("SpikeGradientMemory", ds.layout(), ds.words(), backwardLanes, target));
        weightGradient = Circuit.inst(new WeightGradientMemory(
                "WeightGradientMemory",
                config,
                map.window(Scratchpad.WEIGHT_GRADIENT).layout()));
        Window forward = map.window(Scratchpad.FORWARD_WEIGHT);
        forwardWeight = Circuit.inst(new ForwardWeightMemory(
                "ForwardWeightMemory", forward.layout(), config.memories().weightBlocks(), target));
        Window backward = map.window(Scratchpad.BACKWARD_WEIGHT);
        backwardWeight = Circuit.inst(new BackwardWeightMemory(
                "BackwardWeightMemory", backward.layout(), backward.words(), backwardLanes, target));
        accumulator = Circuit.inst(new AccumulatorMemory(
                "ForwardAccumulators",
                config.lanes(),
                accumulatorBits,
                accumulatorBits,
                accumulatorBits,
                config.limits().points(),
                target));
        momentum = map.has(Scratchpad.MOMENTUM)
                ? plain("MomentumMemory", map.window(Scratchpad.MOMENTUM), 1, 1, target)
                : null;
    }

    private static ScratchpadMemory plain(String name, Window area, int readers, int writers, Target target) {
        return Circuit.inst(new ScratchpadMemory(
                name,
                area.layout(),
                area.words(),
                readers,
                writers,
                area.scratchpad().writable(),
                target));
    }

    /** Opens every memory to the host. */
    void connectHost(HostAccess access) {
        Wires.host(access, Scratchpad.SPIKE, spike.host);
        Wires.host(access, Scratchpad.WINDOW, window.host);
        Wires.host(access, Scratchpad.POTENTIAL, potential.host);
        Wires.host(access, Scratchpad.GRADIENT, gradient.host);
        Wires.host(access, Scratchpad.SPIKE_GRADIENT, spikeGradient.host);
        Wires.host(access, Scratchpad.GRADIENT_SUM, gradientSum.host);
        Wires.host(access, Scratchpad.LABEL, label.host);
        Wires.host(access, Scratchpad.MASTER, master.host);
        Wires.host(access, Scratchpad.WEIGHT_GRADIENT, weightGradient.host);
        Wires.host(access, Scratchpad.FORWARD_WEIGHT, forwardWeight.host);
        Wires.host(access, Scratchpad.BACKWARD_WEIGHT, backwardWeight.host);
        if (momentum != null) {
            Wires.host(access, Scratchpad.MOMENTUM, momentum.host);
        }
    }
}
