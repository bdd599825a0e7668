package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.LayerTile;
import h2learn.host.Placement;
import h2learn.network.Network.UpdateRounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer of neurons and what its error comes from: the loss, the layer of neurons above, or that with a pool between.
 * Knows what tiles of them take and how one tile's error is computed.
 *
 * @param own the layer of neurons
 * @param pool the pool above it, if there is one
 * @param above the layer of neurons above it; absent for the last layer
 * @param cutsKernel whether a tile takes only those kernel rows of a dense layer above that it needs
 */
record BackwardPart(
        PlanContext context,
        Placement.Layer own,
        Placement.@Nullable Layer pool,
        Placement.@Nullable Layer above,
        boolean cutsKernel) {

    /** Those of all layers of neurons, from the last to the first. */
    static List<BackwardPart> of(PlanContext context, boolean cutsKernel) {
        List<BackwardPart> parts = new ArrayList<>();
        Placement.@Nullable Layer above = null;
        Placement.@Nullable Layer pool = null;
        for (int index = context.layers().size() - 1; index >= 0; index--) {
            Placement.Layer layer = context.layers().get(index);
            if (layer.shape().weighted()) {
                parts.add(new BackwardPart(context, layer, pool, above, cutsKernel));
                above = layer;
                pool = null;
            } else {
                pool = layer;
            }
        }
        return parts;
    }

    boolean isLast() {
        return above == null;
    }

    /** Tiles end where no square of a pool is cut; of squares that overlap, only at the image's end. */
    Tiling.Whole whole(int samples) {
        int rows = own.geometry().output().height();
        int unit = 1;
        if (pool != null) {
            int stride = pool.geometry().stride();
            unit = stride < pool.geometry().kernelHeight() ? rows : Math.min(rows, stride);
        }
        // Stochastic rounding numbers a layer's weights from its first, so that one UPDATE must see all.
        boolean stochastic = context.network().training().rounding() == UpdateRounding.STOCHASTIC;
        return new Tiling.Whole(own.outputBlocks(), stochastic ? 1 : own.outputBlocks(), rows, unit, samples);
    }

    /** Blocks of the layer's traces that a tile has: LOSS needs all. */
    Range chipBlocks(Range group) {
        return isLast() ? Range.all(own.outputBlocks()) : group;
    }

    /** The pool's rows that belong to rows of the layer. */
    RowTile poolRows(Range rows) {
        return RowTile.readers(Objects.requireNonNull(pool).geometry(), rows, false);
    }

    /** The rows above that belong to rows of the layer, with the pool's between them. */
    RowTile aboveRows(Range rows) {
        Range read = pool == null ? rows : poolRows(rows).output();
        return RowTile.readers(Objects.requireNonNull(above).geometry(), read, cutsKernel);
    }

    /** Trace words of one sample, as all below. */
    int ownWords(Range group, Range rows) {
        return rows.count() * context.rowPoints(own) * chipBlocks(group).count();
    }

    int poolWords(Range group, Range rows) {
        return pool == null ? 0 : poolRows(rows).output().count() * context.rowPoints(pool) * group.count();
    }

    int aboveWords(Range rows) {
        return above == null ? 0 : aboveRows(rows).output().count() * context.rowPoints(above) * above.outputBlocks();
    }

    int traceWords(Range group, Range rows) {
        return aboveWords(rows) + poolWords(group, rows) + ownWords(group, rows);
    }

    /** The layer's own spikes and those that it reads. */
    int spikeWords(Range group, Range rows) {
        Range read = RowTile.reading(own.geometry(), rows).input();
        return ownWords(group, rows) + context.layout().inputOf(own).words(read.count(), own.inputBlocks());
    }

    /** Sums of gu over time. */
    int sumWords(Range group, Range rows) {
        boolean isStatic = own.shape().staticInput();
        return isStatic ? ownWords(group, rows) / context.steps() : 0;
    }

    /** Weight blocks of the layer above that a tile needs. */
    int aboveBlocks(Range group, Range rows) {
        if (above == null) {
            return 0;
        }
        int taps = aboveRows(rows).kernel().count() * above.geometry().kernelWidth();
        return above.outputBlocks() * taps * group.count();
    }

    /** Whether tiles of other rows need other kernel rows of the layer above. */
    boolean weightsDependOnRows() {
        return above != null
                && aboveRows(Range.all(1)).kernel().count() < above.geometry().kernelHeight();
    }

    /** What one tile of {@link TiledPlan} takes. */
    void demand(Fit fit, Range group, Range rows, int samples, int buffers) {
        AcceleratorConfig.Memories memories = context.config().memories();
        String where = where();
        int blocks = group.count() * own.blocksPerOutput() + own.biasBlocks();
        fit.require("weight blocks" + where, blocks, memories.weightBlocks(), "memories.weightBlocks");
        fit.require(
                "weight blocks of the layer above" + where,
                aboveBlocks(group, rows),
                memories.weightBlocks(),
                "memories.weightBlocks");
        limits(fit, rows, samples);
        long tiles = (long) buffers * samples;
        if (isLast()) {
            fit.require("labels" + where, tiles, context.config().limits().samples(), "limits.samples");
        }
        fit.require(
                "trace words" + where, tiles * traceWords(group, rows), memories.traceWords(), "memories.traceWords");
        fit.require(
                "spike words" + where, tiles * spikeWords(group, rows), memories.spikeWords(), "memories.spikeWords");
        long sums = tiles * sumWords(group, rows);
        fit.require("gradient sum words" + where, sums, memories.gradientSumWords(), "memories.gradientSumWords");
    }

    /** What the commands of one tile are limited by, whatever the memories hold. */
    void limits(Fit fit, Range rows, int samples) {
        int points = samples * rows.count() * context.rowPoints(own);
        if (pool != null) {
            points = Math.max(points, samples * poolRows(rows).output().count() * context.rowPoints(pool));
        }
        if (above != null) {
            RowTile reader = aboveRows(rows);
            points = Math.max(points, samples * reader.output().count() * context.rowPoints(above));
            int padding = (1 << CommandField.TOP_PADDING.bits()) - 1;
            fit.require("rows of padding above a tile" + where(), reader.topPadding(), padding, "the command format");
            lists(fit, where(), reader);
        }
        fit.require("points" + where(), points, context.config().limits().points(), "limits.points");
    }

    private String where() {
        return " of layer " + own.shape().index() + " backward";
    }

    /** The backward engine lists gu of all rows that a row of the layer below is read by, and needs room for one point more. */
    private void lists(Fit fit, String where, RowTile tile) {
        Placement.Layer reader = Objects.requireNonNull(above);
        int stride = reader.geometry().stride();
        int rows = Math.min(tile.output().count(), (tile.kernel().count() + stride - 1) / stride);
        int points = rows * reader.geometry().output().width() + 1;
        fit.require("listed points" + where, points, MemoryMap.LISTED_POINTS, "the backward lists");
        int entries = points * reader.outputBlocks() * context.config().lanes() + 1;
        fit.require("listed gradients" + where, entries, MemoryMap.LIST_ENTRIES, "the backward lists");
    }

    /** LOAD of the layer above's weights for BACKWARD into a tile. */
    List<Command> loadWeights(Range group, Range rows, int chipBlock) {
        Placement.Layer reader = Objects.requireNonNull(above);
        return new WeightTransfers(context, reader).loadBackward(aboveRows(rows).kernel(), group, chipBlock);
    }

    /** LOAD of what the forward direction and the layer above left, or of the labels. */
    List<Command> loadTraces(Range samples, Range rows, Range group, BackwardBuffers.Words words) {
        List<Command> loads = new ArrayList<>();
        MemoryLayout layout = context.layout();
        int index = own.shape().index();
        if (above != null) {
            Range all = Range.all(above.outputBlocks());
            Range read = aboveRows(rows).output();
            load(above, Scratchpad.GRADIENT, samples, read, all, words.above(), loads);
        } else {
            int wordBytes = layout.wordBytes(Scratchpad.LABEL);
            long first = layout.labels().address() + (long) samples.from() * wordBytes;
            loads.add(new Transfer(Opcode.LOAD, index, Scratchpad.LABEL).run(words.labels(), samples.count(), first));
        }
        if (pool != null) {
            Range squares = poolRows(rows).output();
            load(pool, Scratchpad.WINDOW, samples, squares, group, words.pool(), loads);
            if (layout.has(Scratchpad.POTENTIAL, pool.shape().index())) {
                load(pool, Scratchpad.POTENTIAL, samples, squares, group, words.pool(), loads);
            }
        }
        Range blocks = chipBlocks(group);
        load(own, Scratchpad.WINDOW, samples, rows, blocks, words.ownTrace(), loads);
        load(own, Scratchpad.SPIKE, samples, rows, blocks, words.ownSpikes(), loads);
        if (layout.has(Scratchpad.POTENTIAL, index)) {
            load(own, Scratchpad.POTENTIAL, samples, rows, blocks, words.ownTrace(), loads);
        }
        return loads;
    }

    private void load(
            Placement.Layer layer,
            Scratchpad scratchpad,
            Range samples,
            Range rows,
            Range blocks,
            int word,
            List<Command> loads) {
        MemoryTensor tensor = context.layout().outputOf(layer, scratchpad);
        loads.addAll(tensor.move(Opcode.LOAD, samples, rows, blocks, word, blocks.count()));
    }

    /** LOSS, or BACKWARD and POOL_BACKWARD: ds of a tile. */
    List<Command> propagate(Range samples, Range rows, Range group, BackwardBuffers.Words words, int weightBlock) {
        int count = samples.count();
        if (above == null) {
            LayerTile tile = ownTile(rows, group, count);
            // Every group of blocks needs ds, and LOSS makes that of all blocks.
            boolean repeated = group.from() > 0;
            return List.of(
                    context.commands().loss(tile, words.ownSpikes(), words.ownTrace(), words.labels(), repeated));
        }
        int channels = context.channels(own.geometry().output().channels(), group);
        LayerTile reader = aboveRows(rows).of(above, count).withInputChannels(channels);
        int into = pool == null ? words.ownTrace() : words.pool();
        Command backward = context.commands().backward(reader, words.above(), into, weightBlock);
        if (pool == null) {
            return List.of(backward);
        }
        LayerTile squares =
                poolRows(rows).of(pool, count).withInputChannels(channels).withOutputChannels(channels);
        return List.of(backward, context.commands().poolBackward(squares, words.pool(), words.ownTrace()));
    }

    /** The tile as WEIGHT_GRADIENT and the units of neurons see it. */
    LayerTile ownTile(Range rows, Range group, int samples) {
        int channels = context.channels(own.geometry().output().channels(), chipBlocks(group));
        return RowTile.reading(own.geometry(), rows).of(own, samples).withOutputChannels(channels);
    }
}
