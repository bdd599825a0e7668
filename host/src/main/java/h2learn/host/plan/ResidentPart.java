package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.CommandFactory;
import h2learn.host.LayerTile;
import h2learn.host.Placement;
import h2learn.host.plan.ResidentBuffers.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands of one part of a minibatch in a {@link PipelinedPlan}, layer by layer. */
final class ResidentPart {
    private final PlanContext context;
    private final CommandFactory commands;
    private final ResidentBuffers buffers;
    private final int part;
    private final Range samples;

    /**
     * @param part number of the part
     * @param samples of the minibatch that it has
     */
    ResidentPart(PlanContext context, ResidentBuffers buffers, int part, Range samples) {
        this.context = context;
        this.commands = context.commands();
        this.buffers = buffers;
        this.part = part;
        this.samples = samples;
    }

    private static final Range FIRST = Range.all(1);

    void loadInput(List<Command> program) {
        MemoryTensor input = context.layout().inputTensor();
        Range rows = Range.all(input.rows());
        int word = buffers.input(context.layers().get(0), part, new Chunk(FIRST, rows), rows);
        program.addAll(input.move(Opcode.LOAD, samples, rows, Range.all(input.blocks()), word, input.blocks()));
    }

    void loadLabels(List<Command> program) {
        int wordBytes = context.layout().wordBytes(Scratchpad.LABEL);
        long first = context.layout().labels().address() + (long) samples.from() * wordBytes;
        int word = buffers.label(part, new Chunk(FIRST, FIRST));
        int last = context.layers().size() - 1;
        program.add(new Transfer(Opcode.LOAD, last, Scratchpad.LABEL).run(word, samples.count(), first));
    }

    /** FORWARD and NEURON, or POOL, of a layer. */
    void forward(Placement.Layer layer, List<Command> program) {
        for (Chunk chunk : chunks(pointTiling(layer))) {
            RowTile rows = RowTile.reading(layer.geometry(), chunk.rows());
            LayerTile tile = rows.of(layer, chunk.samples().count());
            int input = buffers.input(layer, part, chunk, rows.input());
            int spikes = buffers.spikes(layer, part, chunk, chunk.rows());
            int trace = buffers.trace(layer, part, chunk, chunk.rows());
            if (!layer.shape().weighted()) {
                Placement.Layer below = context.layers().get(layer.shape().index() - 1);
                int windows = buffers.trace(below, part, chunk, rows.input());
                program.add(commands.pool(tile, input, spikes, trace, windows));
                continue;
            }
            for (int block = 0; block < layer.outputBlocks(); block++) {
                program.add(commands.forward(tile, block, input, weightBlock(layer, block), biasWord(layer, block)));
                program.add(commands.neuron(tile, block, spikes, trace));
            }
        }
    }

    /** The last layer's spikes, for the host. */
    void storeSpikes(List<Command> program) {
        Placement.Layer last = context.layers().get(context.layers().size() - 1);
        MemoryTensor spikes = context.layout().outputOf(last, Scratchpad.SPIKE);
        Range rows = Range.all(spikes.rows());
        int word = buffers.spikes(last, part, new Chunk(FIRST, rows), rows);
        program.addAll(spikes.move(Opcode.STORE, samples, rows, Range.all(spikes.blocks()), word, spikes.blocks()));
    }

    /** LOSS or BACKWARD (and POOL_BACKWARD), each directly followed by the NEURON_BACKWARD of the same points. */
    void errors(BackwardPart layers, List<Command> program) {
        Placement.Layer own = layers.own();
        for (Chunk chunk : chunks(errorTiling(layers, samples.count()).orElseThrow())) {
            BackwardBuffers.Words words = words(layers, chunk);
            Range all = Range.all(own.outputBlocks());
            int weights = layers.above() == null ? 0 : layers.above().weightBlock();
            program.addAll(layers.propagate(chunk.samples(), chunk.rows(), all, words, weights));
            LayerTile tile = layers.ownTile(chunk.rows(), all, chunk.samples().count());
            for (int block = 0; block < own.outputBlocks(); block++) {
                program.add(commands.neuronBackward(tile, block, words.ownSpikes(), words.ownTrace(), words.sums()));
            }
        }
    }

    /** How the backward direction of a layer is cut; empty when the command format or a limit forbids every tile. */
    private static Optional<Tiling> errorTiling(BackwardPart layers, int samples) {
        return Tiling.largest(
                errorWhole(layers, samples), (fit, group, rows, count, buffers) -> layers.limits(fit, rows, count));
    }

    /** Why the backward direction of a layer cannot be cut into tiles of one sample; empty when it can. */
    static List<String> errorProblems(BackwardPart layers) {
        return errorTiling(layers, 1).isPresent()
                ? List.of()
                : Tiling.problems(
                        errorWhole(layers, 1), (fit, group, rows, count, buffers) -> layers.limits(fit, rows, count));
    }

    private static Tiling.Whole errorWhole(BackwardPart layers, int samples) {
        Tiling.Whole own = layers.whole(samples);
        return new Tiling.Whole(1, 1, own.rows(), own.rowUnit(), samples);
    }

    private BackwardBuffers.Words words(BackwardPart layers, Chunk chunk) {
        Placement.Layer own = layers.own();
        Range read = chunk.rows();
        int pool = 0;
        if (layers.pool() != null) {
            read = layers.poolRows(read).output();
            pool = buffers.trace(layers.pool(), part, chunk, read);
        }
        int above = layers.above() == null
                ? 0
                : buffers.trace(
                        layers.above(),
                        part,
                        chunk,
                        layers.aboveRows(chunk.rows()).output());
        return new BackwardBuffers.Words(
                above,
                pool,
                buffers.trace(own, part, chunk, chunk.rows()),
                buffers.spikes(own, part, chunk, chunk.rows()),
                0,
                buffers.sums(own, part, chunk, chunk.rows()),
                buffers.label(part, chunk));
    }

    /** WEIGHT_GRADIENT of a layer. */
    void gradients(Placement.Layer layer, List<Command> program) {
        for (Chunk chunk : chunks(pointTiling(layer))) {
            RowTile rows = RowTile.reading(layer.geometry(), chunk.rows());
            LayerTile tile = rows.of(layer, chunk.samples().count());
            for (int block = 0; block < layer.outputBlocks(); block++) {
                program.add(commands.weightGradient(
                        tile,
                        block,
                        buffers.input(layer, part, chunk, rows.input()),
                        buffers.trace(layer, part, chunk, chunk.rows()),
                        buffers.sums(layer, part, chunk, chunk.rows()),
                        weightBlock(layer, block),
                        biasWord(layer, block)));
            }
        }
    }

    /** As large as {@code limits.points} allows. */
    private Tiling pointTiling(Placement.Layer layer) {
        Tiling.Whole whole = new Tiling.Whole(1, 1, layer.geometry().output().height(), 1, samples.count());
        return Tiling.largest(
                        whole,
                        (fit, group, rows, count, buffers) -> fit.require(
                                "points",
                                (long) count * rows.count() * context.rowPoints(layer),
                                context.config().limits().points(),
                                "limits.points"))
                .orElseThrow();
    }

    private List<Chunk> chunks(Tiling tiling) {
        List<Chunk> chunks = new ArrayList<>();
        for (Range piece : Range.pieces(samples.count(), tiling.samples())) {
            for (Range rows : tiling.rows()) {
                chunks.add(new Chunk(piece, rows));
            }
        }
        return chunks;
    }

    private static int weightBlock(Placement.Layer layer, int block) {
        return layer.weightBlock() + block * layer.blocksPerOutput();
    }

    private int biasWord(Placement.Layer layer, int block) {
        return layer.biasBlock() * context.config().lanes() + block;
    }
}
