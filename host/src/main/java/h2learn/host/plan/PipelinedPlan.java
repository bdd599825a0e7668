package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All weights and all tensors of the parts in flight stay on the chip; the minibatch goes through the engines part by
 * part, the forward engine on part k + 2, the backward engine on part k + 1, the weight update engine on part k.
 */
public final class PipelinedPlan implements StepPlan {
    private final PlanContext context;
    private final List<BackwardPart> backward;
    private final ResidentBuffers buffers;
    private final int partSamples;

    /**
     * @param partSamples samples of a part
     * @param sets how many parts' tensors lie side by side
     */
    PipelinedPlan(PlanContext context, List<BackwardPart> backward, int partSamples, ResidentBuffers.Sets sets) {
        this.context = context;
        this.backward = backward;
        this.partSamples = partSamples;
        buffers = new ResidentBuffers(context, sets, partSamples);
    }

    /**
     * With the part size and buffers that need the fewest cycles by estimate. Throws {@link PlacementException} when the
     * weights or the tensors of one sample do not fit.
     */
    public static PipelinedPlan of(Network network, AcceleratorConfig config, int minibatch, Overlap overlap) {
        PlanContext context = PlanContext.of(network, config, minibatch, overlap, false);
        List<BackwardPart> backward = BackwardPart.of(context, false);
        Fit fit = fixedDemand(context, backward);
        if (!fit.good()) {
            throw context.notResident(fit.problems());
        }
        @Nullable PipelinedPlan best = null;
        long least = Long.MAX_VALUE;
        int before = 0;
        for (int most = context.mostSamples(); most > 0; most--) {
            int samples = Range.even(minibatch, most);
            if (samples == before) {
                continue;
            }
            before = samples;
            for (PipelinedPlan plan : candidates(context, backward, samples)) {
                long cycles = plan.estimate();
                if (cycles < least) {
                    least = cycles;
                    best = plan;
                }
            }
        }
        if (best == null) {
            ResidentBuffers.Sets sets = ResidentBuffers.Sets.CHOICES.get(ResidentBuffers.Sets.CHOICES.size() - 1);
            throw context.notResident(
                    new ResidentBuffers(context, sets, 1).fit().problems());
        }
        return best;
    }

    /** With as many sets as fit, of spikes first or of traces. */
    private static List<PipelinedPlan> candidates(PlanContext context, List<BackwardPart> backward, int samples) {
        return ResidentBuffers.Sets.CHOICES.stream()
                .filter(sets ->
                        new ResidentBuffers(context, sets, samples).fit().good())
                .limit(2)
                .map(sets -> new PipelinedPlan(context, backward, samples, sets))
                .toList();
    }

    private long estimate() {
        List<UpdateConstants> constants = Collections.nCopies(context.layers().size(), UpdateConstants.NOTHING);
        List<Command> program = Overlap.FULL.program(sequential(context.minibatch(), constants), context.config());
        return Overlap.estimate(program, context.config());
    }

    /** What is needed whatever the part size. */
    private static Fit fixedDemand(PlanContext context, List<BackwardPart> backward) {
        Fit fit = new Fit();
        Placement.Layer last = context.layers().get(context.layers().size() - 1);
        fit.require(
                "weight blocks",
                last.weightBlock() + last.blocks(),
                context.config().memories().weightBlocks(),
                "memories.weightBlocks");
        for (Placement.Layer layer : context.layers()) {
            fit.require(
                    "points of one row of layer " + layer.shape().index(),
                    context.rowPoints(layer),
                    context.config().limits().points(),
                    "limits.points");
        }
        backward.forEach(part -> ResidentPart.errorProblems(part).forEach(fit::add));
        return fit;
    }

    @Override
    public MemoryLayout layout() {
        return context.layout();
    }

    @Override
    public List<Command> begin() {
        List<Command> program = new ArrayList<>();
        for (Placement.Layer layer : context.layers()) {
            if (layer.shape().weighted()) {
                program.add(move(Opcode.LOAD, Scratchpad.MASTER, layer));
                // With a momentum the first UPDATE turns the dW of power-up into v, and the second one that into 0.
                boolean momentum =
                        layout().has(Scratchpad.MOMENTUM, layer.shape().index());
                for (int time = 0; time < (momentum ? 2 : 1); time++) {
                    program.add(update(layer, UpdateConstants.NOTHING));
                }
            }
        }
        return context.program(program);
    }

    @Override
    public List<Command> step(int samples, List<UpdateConstants> constants) {
        return context.program(sequential(samples, constants));
    }

    @Override
    public List<Command> infer(int samples) {
        List<Command> program = new ArrayList<>();
        parts(samples).forEach(part -> forward(part, program));
        return context.program(program);
    }

    private List<ResidentPart> parts(int samples) {
        List<Range> ranges = Range.pieces(samples, Range.even(samples, partSamples));
        return IntStream.range(0, ranges.size())
                .mapToObj(index -> new ResidentPart(context, buffers, index, ranges.get(index)))
                .toList();
    }

    private void forward(ResidentPart part, List<Command> program) {
        part.loadInput(program);
        for (Placement.Layer layer : context.layers()) {
            part.forward(layer, program);
        }
        part.storeSpikes(program);
    }

    private List<Command> sequential(int samples, List<UpdateConstants> constants) {
        List<Command> program = new ArrayList<>();
        List<ResidentPart> parts = parts(samples);
        for (int index = 0; index < parts.size(); index++) {
            ResidentPart part = parts.get(index);
            forward(part, program);
            part.loadLabels(program);
            boolean last = index == parts.size() - 1;
            for (int stage = 0; stage <= backward.size(); stage++) {
                if (stage < backward.size()) {
                    part.errors(backward.get(stage), program);
                }
                // A layer's weights serve the BACKWARD into the layer below before they change.
                if (stage > 0) {
                    Placement.Layer layer = backward.get(stage - 1).own();
                    part.gradients(layer, program);
                    if (last) {
                        program.add(update(layer, constants.get(layer.shape().index())));
                    }
                }
            }
        }
        return program;
    }

    @Override
    public List<Command> end() {
        List<Command> program = new ArrayList<>();
        for (Placement.Layer layer : context.layers()) {
            if (layer.shape().weighted()) {
                program.add(move(Opcode.STORE, Scratchpad.MASTER, layer));
                if (layout().has(Scratchpad.MOMENTUM, layer.shape().index())) {
                    program.add(move(Opcode.STORE, Scratchpad.MOMENTUM, layer));
                }
            }
        }
        return context.program(program);
    }

    private Command move(Opcode opcode, Scratchpad scratchpad, Placement.Layer layer) {
        return new WeightTransfers(context, layer).move(opcode, scratchpad, blocks(layer));
    }

    private Command update(Placement.Layer layer, UpdateConstants constants) {
        return new WeightTransfers(context, layer).update(blocks(layer), constants);
    }

    private static WeightTransfers.Blocks blocks(Placement.Layer layer) {
        return new WeightTransfers.Blocks(0, layer.weightBlock(), layer.weightBlocks(), layer.biasBlocks());
    }

    /** Most samples of a part. */
    public int partSamples() {
        return partSamples;
    }

    @Override
    public List<String> describe() {
        return List.of("parts of " + partSamples + " samples, " + buffers.describe());
    }
}
