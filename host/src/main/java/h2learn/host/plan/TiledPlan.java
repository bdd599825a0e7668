package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.host.Placement;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Layer after layer over the whole minibatch, each in tiles that fit the scratchpads, everything between two layers in
 * external memory: for networks of any size. Backward from the last layer down, so that a layer's dW stays on the chip.
 */
public final class TiledPlan implements StepPlan {
    private final PlanContext context;
    private final List<ForwardStage> forward = new ArrayList<>();
    private final List<BackwardStage> backward = new ArrayList<>();
    private final List<BackwardPart> parts;

    /** Throws {@link h2learn.host.PlacementException} when not even the smallest tile of a layer fits. */
    public TiledPlan(Network network, AcceleratorConfig config, int minibatch, Overlap overlap) {
        context = PlanContext.of(network, config, minibatch, overlap, true);
        int capacity = config.memories().weightBlocks();
        WeightSpace forwardWeights = new WeightSpace(capacity);
        for (Placement.Layer layer : context.layers()) {
            forward.add(new ForwardStage(context, layer, forwardWeights));
        }
        WeightSpace backwardWeights = new WeightSpace(capacity);
        parts = BackwardPart.of(context, true);
        for (BackwardPart part : parts) {
            backward.add(new BackwardStage(context, part, backwardWeights));
        }
    }

    @Override
    public MemoryLayout layout() {
        return context.layout();
    }

    @Override
    public List<Command> begin() {
        List<Command> program = new ArrayList<>();
        backward.forEach(stage -> stage.begin(program));
        return context.program(program);
    }

    @Override
    public List<Command> step(int samples, List<UpdateConstants> constants) {
        List<Command> program = new ArrayList<>();
        for (int stage = 0; stage < forward.size(); stage++) {
            forward.get(stage).emit(samples, program);
            if (stage == 0) {
                takeBackwardCopies(program);
            }
        }
        for (int stage = 0; stage < backward.size(); stage++) {
            int layer = parts.get(stage).own().shape().index();
            backward.get(stage).emit(samples, constants.get(layer), program);
        }
        return context.program(program);
    }

    @Override
    public List<Command> infer(int samples) {
        List<Command> program = new ArrayList<>();
        forward.forEach(stage -> stage.emit(samples, program));
        return context.program(program);
    }

    /** UPDATE of a layer comes before the BACKWARD that still needs its old weights, so that its copy waits aside. */
    private void takeBackwardCopies(List<Command> program) {
        for (BackwardPart part : parts) {
            if (part.own().shape().index() > 0) {
                new WeightTransfers(context, part.own()).takeBackwardCopy(program);
            }
        }
    }

    @Override
    public List<Command> end() {
        return context.program(List.of());
    }

    /** Tiles of a step of the whole minibatch, of the layer's forward direction. */
    public int forwardTiles(int layer) {
        return forward.get(layer).tiling().tiles(context.minibatch());
    }

    /** Tiles of a step of the whole minibatch, of the layer's backward direction; 0 of a pool. */
    public int backwardTiles(int layer) {
        return backward(layer).map(tiling -> tiling.tiles(context.minibatch())).orElse(0);
    }

    /** Groups of output blocks that a layer's backward direction takes one after the other; 0 of a pool. */
    public int groups(int layer) {
        return backward(layer).map(tiling -> tiling.groups().size()).orElse(0);
    }

    private Optional<Tiling> backward(int layer) {
        return IntStream.range(0, parts.size())
                .filter(stage -> parts.get(stage).own().shape().index() == layer)
                .mapToObj(stage -> backward.get(stage).tiling())
                .findFirst();
    }

    @Override
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (Placement.Layer layer : context.layers()) {
            int index = layer.shape().index();
            String direction =
                    layer.shape().weighted() ? " tiles forward, " + backwardTiles(index) + " backward" : " tiles";
            lines.add("layer " + index + ": " + forwardTiles(index) + direction);
        }
        return lines;
    }
}
