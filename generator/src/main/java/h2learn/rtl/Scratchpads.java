package h2learn.rtl;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Area;
import h2learn.hdl.Circuit;
import h2learn.rtl.memory.AccumulatorMemory;
import h2learn.rtl.memory.BackwardWeightMemory;
import h2learn.rtl.memory.BeatRead;
import h2learn.rtl.memory.BeatWrite;
import h2learn.rtl.memory.ForwardWeightMemory;
import h2learn.rtl.memory.ScratchpadMemory;
import h2learn.rtl.memory.SpikeGradientMemory;
import h2learn.rtl.memory.WeightGradientMemory;
import h2learn.rtl.transfer.ScratchpadSwitch;
import h2learn.rtl.transfer.TransferShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All memories of one accelerator. The command queues run at once, so no two of them may use one physical port:
 *
 * <pre>
 * memory           read by queue                          written by queue
 * SPIKE            FORWARD, BACKWARD, GRADIENT: 3 copies   FORWARD
 * WINDOW           FORWARD, BACKWARD: 2 copies             FORWARD
 * POTENTIAL        BACKWARD                                FORWARD
 * GRADIENT         BACKWARD, GRADIENT: 2 copies            BACKWARD
 * SPIKE_GRADIENT   BACKWARD                                BACKWARD
 * GRADIENT_SUM     GRADIENT                                BACKWARD
 * LABEL            BACKWARD                                none
 * MASTER           GRADIENT                                GRADIENT
 * MOMENTUM         GRADIENT                                GRADIENT
 * WEIGHT_GRADIENT  GRADIENT                                GRADIENT
 * FORWARD_WEIGHT   FORWARD                                 GRADIENT
 * BACKWARD_WEIGHT  BACKWARD                                GRADIENT
 * accumulators     FORWARD                                 FORWARD
 * </pre>
 *
 * LOAD writes and STORE reads all of them but the accumulators, in the cycles that these leave. STORE's reads share the
 * copy that is used least, and never one whose reader relies on a word to stay: that of BACKWARD of WINDOW and GRADIENT.
 */
final class Scratchpads extends Area {
    /** Copies of SPIKE and WINDOW, by the queue that reads them. */
    static final int FORWARD = 0;

    static final int BACKWARD = 1;
    static final int GRADIENT = 2;

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

    Scratchpads(TransferShape shape) {
        AcceleratorConfig config = shape.config();
        Target target = config.target();
        int backwardLanes = config.backward().lanes();
        int accumulatorBits = config.formats().accumulatorBits();
        spike = plain(shape, "SpikeMemory", Scratchpad.SPIKE, List.of(2, 2, 1), BACKWARD, 2);
        window = plain(shape, "WindowMemory", Scratchpad.WINDOW, List.of(1, 3), FORWARD, 2);
        potential = plain(shape, "PotentialMemory", Scratchpad.POTENTIAL, List.of(2), 0, 2);
        gradient = plain(shape, "GradientMemory", Scratchpad.GRADIENT, List.of(1, 1), 1, 1);
        gradientSum = plain(shape, "GradientSumMemory", Scratchpad.GRADIENT_SUM, List.of(1), 0, 1);
        label = plain(shape, "LabelMemory", Scratchpad.LABEL, List.of(1), 0, 0);
        master = plain(shape, "MasterMemory", Scratchpad.MASTER, List.of(1), 0, 1);
        spikeGradient = Circuit.inst(new SpikeGradientMemory(
                "SpikeGradientMemory", shape.group(Scratchpad.SPIKE_GRADIENT), backwardLanes, target));
        weightGradient = Circuit.inst(
                new WeightGradientMemory("WeightGradientMemory", config, shape.group(Scratchpad.WEIGHT_GRADIENT)));
        forwardWeight = Circuit.inst(
                new ForwardWeightMemory("ForwardWeightMemory", shape.group(Scratchpad.FORWARD_WEIGHT), target));
        backwardWeight = Circuit.inst(new BackwardWeightMemory(
                "BackwardWeightMemory", shape.group(Scratchpad.BACKWARD_WEIGHT), backwardLanes, target));
        accumulator = Circuit.inst(new AccumulatorMemory(
                "ForwardAccumulators",
                config.lanes(),
                accumulatorBits,
                accumulatorBits,
                accumulatorBits,
                config.limits().points(),
                target));
        momentum = shape.map().has(Scratchpad.MOMENTUM)
                ? plain(shape, "MomentumMemory", Scratchpad.MOMENTUM, List.of(1), 0, 1)
                : null;
    }

    private static ScratchpadMemory plain(
            TransferShape shape,
            String name,
            Scratchpad scratchpad,
            List<Integer> readers,
            int sharedCopy,
            int writers) {
        return Circuit.inst(new ScratchpadMemory(
                name,
                shape.group(scratchpad),
                readers,
                sharedCopy,
                writers,
                shape.config().target()));
    }

    /** Opens every memory to the host, LOAD and STORE. */
    void connectTransfers(ScratchpadSwitch access) {
        connect(access, Scratchpad.SPIKE, spike.read, spike.write);
        connect(access, Scratchpad.WINDOW, window.read, window.write);
        connect(access, Scratchpad.POTENTIAL, potential.read, potential.write);
        connect(access, Scratchpad.GRADIENT, gradient.read, gradient.write);
        connect(access, Scratchpad.SPIKE_GRADIENT, spikeGradient.read, spikeGradient.write);
        connect(access, Scratchpad.GRADIENT_SUM, gradientSum.read, gradientSum.write);
        connect(access, Scratchpad.LABEL, label.read, label.write);
        connect(access, Scratchpad.MASTER, master.read, master.write);
        connect(access, Scratchpad.WEIGHT_GRADIENT, weightGradient.beatRead, weightGradient.beatWrite);
        connect(access, Scratchpad.FORWARD_WEIGHT, forwardWeight.beatRead, forwardWeight.beatWrite);
        connect(access, Scratchpad.BACKWARD_WEIGHT, backwardWeight.read, backwardWeight.write);
        if (momentum != null) {
            connect(access, Scratchpad.MOMENTUM, momentum.read, momentum.write);
        }
    }

    private static void connect(ScratchpadSwitch access, Scratchpad scratchpad, BeatRead read, BeatWrite write) {
        BeatRead reader = access.read.get(scratchpad);
        BeatWrite writer = access.write.get(scratchpad);
        if (reader == null || writer == null) {
            throw new IllegalStateException("no ports for " + scratchpad);
        }
        Wires.read(reader, read);
        Wires.write(writer, write);
    }
}
