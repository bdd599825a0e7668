package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.LayerTile;
import h2learn.model.fixed.UpdateConstants;
import java.util.List;

/**
 * The backward direction of one layer of neurons over a minibatch, from and to external memory: group by group of its
 * output blocks, tile by tile, LOSS or BACKWARD (and POOL_BACKWARD) from the layer above, NEURON_BACKWARD and
 * WEIGHT_GRADIENT; then the group's UPDATE. A group's dW stays on the chip for the whole minibatch, ds never leaves it.
 */
final class BackwardStage {
    private final PlanContext context;
    private final BackwardPart part;
    private final WeightTransfers weights;
    private final Tiling tiling;
    private final BackwardBuffers buffers;
    private final int groupBlocks;
    private final int weightBuffers;
    private final int biasAt;
    private final int aboveBlocks;
    private final int aboveBuffers;
    private final int aboveAt;

    /** @param space of what UPDATE writes and BACKWARD reads: one space, as UPDATE also writes the weights of BACKWARD */
    BackwardStage(PlanContext context, BackwardPart part, WeightSpace space) {
        this.context = context;
        this.part = part;
        weights = new WeightTransfers(context, part.own());
        Tiling.Whole whole = part.whole(context.mostSamples());
        tiling = Tiling.largest(whole, part::demand)
                .orElseThrow(() -> context.tooLarge(Tiling.problems(whole, part::demand)));
        buffers = new BackwardBuffers(part, tiling);
        int capacity = context.config().memories().weightBlocks();
        Range group = tiling.groups().get(0);
        groupBlocks = group.count() * part.own().blocksPerOutput();
        int biases = part.own().biasBlocks();
        weightBuffers = tiling.groups().size() > 1 && biases + 2 * groupBlocks <= capacity ? 2 : 1;
        biasAt = space.take(biases + weightBuffers * groupBlocks);
        int largest = 0;
        for (Range rows : tiling.rows()) {
            largest = Math.max(largest, part.aboveBlocks(group, rows));
        }
        aboveBlocks = largest;
        aboveBuffers = 2 * aboveBlocks <= capacity ? 2 : 1;
        aboveAt = space.take(aboveBuffers * aboveBlocks);
    }

    Tiling tiling() {
        return tiling;
    }

    /** Makes the engines' copies of the layer's weights, with the same scratchpad blocks as a step, and clears dW there. */
    void begin(List<Command> program) {
        for (int index = 0; index < tiling.groups().size(); index++) {
            weights.begin(blocks(index), program);
        }
        if (part.own().biasBlocks() > 0) {
            weights.begin(biases(), program);
        }
    }

    void emit(int samples, UpdateConstants constants, List<Command> program) {
        int buffer = 0;
        int loads = 0;
        for (int index = 0; index < tiling.groups().size(); index++) {
            Range group = tiling.groups().get(index);
            for (int row = 0; row < tiling.rows().size(); row++) {
                Range rows = tiling.rows().get(row);
                if (!part.isLast() && (row == 0 || part.weightsDependOnRows())) {
                    program.addAll(part.loadWeights(group, rows, aboveAt(loads++)));
                }
                for (Range piece : Range.pieces(samples, tiling.samples())) {
                    BackwardBuffers.Words words = buffers.words(group, rows, piece.count(), buffer);
                    errors(piece, rows, group, words, aboveAt(loads - 1), program);
                    gradients(piece, rows, group, index, words, program);
                    buffer = (buffer + 1) % tiling.buffers();
                }
            }
            weights.update(blocks(index), constants, program);
        }
        if (part.own().biasBlocks() > 0) {
            weights.update(biases(), constants, program);
        }
    }

    /** The tile's gu, from the loss or the layer above. */
    private void errors(
            Range piece, Range rows, Range group, BackwardBuffers.Words words, int weightBlock, List<Command> program) {
        program.addAll(part.loadTraces(piece, rows, group, words));
        program.addAll(part.propagate(piece, rows, group, words, weightBlock));
        int pitch = part.chipBlocks(group).count();
        int first = part.isLast() ? group.from() : 0;
        LayerTile tile = part.ownTile(rows, group, piece.count());
        for (int block = first; block < first + group.count(); block++) {
            program.add(
                    context.commands().neuronBackward(tile, block, words.ownSpikes(), words.ownTrace(), words.sums()));
        }
        if (part.own().shape().index() > 0) {
            MemoryTensor gradient = context.layout().outputOf(part.own(), Scratchpad.GRADIENT);
            program.addAll(gradient.move(Opcode.STORE, piece, rows, group, words.ownTrace() + first, pitch));
        }
    }

    private void gradients(
            Range piece, Range rows, Range group, int index, BackwardBuffers.Words words, List<Command> program) {
        MemoryTensor input = context.layout().inputOf(part.own());
        Range in = RowTile.reading(part.own().geometry(), rows).input();
        Range all = Range.all(part.own().inputBlocks());
        program.addAll(input.move(Opcode.LOAD, piece, in, all, words.input(), all.count()));
        int first = part.isLast() ? group.from() : 0;
        LayerTile tile = part.ownTile(rows, group, piece.count());
        for (int block = 0; block < group.count(); block++) {
            int weightBlock = weightsAt(index) + block * part.own().blocksPerOutput();
            int biasWord = biasAt * context.config().lanes() + group.from() + block;
            program.add(context.commands()
                    .weightGradient(
                            tile, first + block, words.input(), words.ownTrace(), words.sums(), weightBlock, biasWord));
        }
    }

    private WeightTransfers.Blocks blocks(int index) {
        Range group = tiling.groups().get(index);
        int each = part.own().blocksPerOutput();
        return new WeightTransfers.Blocks(group.from() * each, weightsAt(index), group.count() * each, 0);
    }

    private WeightTransfers.Blocks biases() {
        return new WeightTransfers.Blocks(
                part.own().weightBlocks(), biasAt, 0, part.own().biasBlocks());
    }

    private int weightsAt(int index) {
        return biasAt + part.own().biasBlocks() + index % weightBuffers * groupBlocks;
    }

    private int aboveAt(int load) {
        return aboveAt + Math.max(0, load) % aboveBuffers * aboveBlocks;
    }
}
