package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.LayerTile;
import h2learn.host.Placement;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward direction of one layer over a minibatch, from and to external memory, tile by tile: FORWARD and NEURON of a
 * layer of neurons, POOL of a pool.
 */
final class ForwardStage {
    private final PlanContext context;
    private final Placement.Layer layer;
    private final boolean pool;
    private final MemoryTensor input;
    private final MemoryTensor spikes;
    private final List<MemoryTensor> traces = new ArrayList<>();
    private final Tiling tiling;
    private final int inputWords;
    private final int outputWords;
    private final int traceWords;
    private final int groupBlocks;
    /** Groups whose weights are on the chip at a time: one is loaded while another is used. */
    private final int weightBuffers;
    /** First weight block of the biases, which all groups need; the groups' weights follow. */
    private final int biasAt;

    ForwardStage(PlanContext context, Placement.Layer layer, WeightSpace space) {
        this.context = context;
        this.layer = layer;
        MemoryLayout layout = context.layout();
        pool = !layer.shape().weighted();
        input = layout.inputOf(layer);
        spikes = layout.outputOf(layer, Scratchpad.SPIKE);
        for (Scratchpad scratchpad : List.of(Scratchpad.WINDOW, Scratchpad.POTENTIAL)) {
            if (layout.has(scratchpad, layer.shape().index())) {
                traces.add(layout.outputOf(layer, scratchpad));
            }
        }
        Tiling.Whole whole = new Tiling.Whole(
                layer.outputBlocks(),
                layer.outputBlocks(),
                layer.geometry().output().height(),
                1,
                context.mostSamples());
        tiling = Tiling.largest(whole, this::demand)
                .orElseThrow(() -> context.tooLarge(Tiling.problems(whole, this::demand)));
        int in = 0;
        int out = 0;
        int trace = 0;
        for (Range group : tiling.groups()) {
            for (Range rows : tiling.rows()) {
                in = Math.max(in, inputWords(group, rows));
                out = Math.max(out, outputWords(group, rows));
                trace = Math.max(trace, traceWords(group, rows));
            }
        }
        inputWords = in * tiling.samples();
        outputWords = out * tiling.samples();
        traceWords = trace * tiling.samples();
        groupBlocks = pool ? 0 : tiling.groups().get(0).count() * layer.blocksPerOutput();
        int capacity = context.config().memories().weightBlocks();
        boolean two = tiling.groups().size() > 1 && layer.biasBlocks() + 2 * groupBlocks <= capacity;
        weightBuffers = two ? 2 : 1;
        biasAt = space.take(layer.biasBlocks() + weightBuffers * groupBlocks);
    }

    private void demand(Fit fit, Range group, Range rows, int samples, int buffers) {
        AcceleratorConfig.Memories memories = context.config().memories();
        String where = " of layer " + layer.shape().index() + " forward";
        if (!pool) {
            int blocks = group.count() * layer.blocksPerOutput() + layer.biasBlocks();
            fit.require("weight blocks" + where, blocks, memories.weightBlocks(), "memories.weightBlocks");
        }
        int points = samples * rows.count() * context.rowPoints(layer);
        fit.require("points" + where, points, context.config().limits().points(), "limits.points");
        int spikeWords = buffers * samples * (inputWords(group, rows) + outputWords(group, rows));
        fit.require("spike words" + where, spikeWords, memories.spikeWords(), "memories.spikeWords");
        int words = buffers * samples * traceWords(group, rows);
        fit.require("trace words" + where, words, memories.traceWords(), "memories.traceWords");
    }

    private Range inputBlocks(Range group) {
        return pool ? group : Range.all(layer.inputBlocks());
    }

    /** Of one sample, as all below. */
    private int inputWords(Range group, Range rows) {
        Range read = RowTile.reading(layer.geometry(), rows).input();
        return input.words(read.count(), inputBlocks(group).count());
    }

    private int outputWords(Range group, Range rows) {
        return spikes.words(rows.count(), group.count());
    }

    /** Of a pool also the windows of the layer below, behind its own. */
    private int traceWords(Range group, Range rows) {
        int own = rows.count() * context.rowPoints(layer) * group.count();
        return pool ? own + inputWords(group, rows) : own;
    }

    Tiling tiling() {
        return tiling;
    }

    void emit(int samples, List<Command> program) {
        List<Range> parts = Range.pieces(samples, tiling.samples());
        boolean once = parts.size() * tiling.rows().size() == 1;
        int buffer = 0;
        for (int index = 0; index < tiling.groups().size(); index++) {
            Range group = tiling.groups().get(index);
            if (!pool) {
                loadWeights(group, index, program);
            }
            for (Range rows : tiling.rows()) {
                for (Range part : parts) {
                    int inputBuffer = once ? 0 : buffer;
                    boolean loaded = once && index > 0 && !pool;
                    if (!loaded) {
                        load(part, rows, group, inputBuffer, buffer, program);
                    }
                    compute(part, rows, group, index, inputBuffer, buffer, program);
                    store(part, rows, group, buffer, program);
                    buffer = (buffer + 1) % tiling.buffers();
                }
            }
        }
    }

    private void loadWeights(Range group, int index, List<Command> program) {
        WeightTransfers transfers = new WeightTransfers(context, layer);
        if (index == 0 && layer.biasBlocks() > 0) {
            WeightTransfers.Blocks biases =
                    new WeightTransfers.Blocks(layer.weightBlocks(), biasAt, 0, layer.biasBlocks());
            program.add(transfers.move(Opcode.LOAD, Scratchpad.FORWARD_WEIGHT, biases));
        }
        int each = layer.blocksPerOutput();
        WeightTransfers.Blocks weights =
                new WeightTransfers.Blocks(group.from() * each, weightsAt(index), group.count() * each, 0);
        program.add(transfers.move(Opcode.LOAD, Scratchpad.FORWARD_WEIGHT, weights));
    }

    private void load(Range part, Range rows, Range group, int inputBuffer, int buffer, List<Command> program) {
        Range in = RowTile.reading(layer.geometry(), rows).input();
        Range blocks = inputBlocks(group);
        program.addAll(input.move(Opcode.LOAD, part, in, blocks, inputAt(inputBuffer), blocks.count()));
        if (pool) {
            Placement.Layer below = context.layers().get(layer.shape().index() - 1);
            MemoryTensor windows = context.layout().outputOf(below, Scratchpad.WINDOW);
            program.addAll(
                    windows.move(Opcode.LOAD, part, in, blocks, belowAt(part, rows, group, buffer), blocks.count()));
        }
    }

    private void compute(
            Range part, Range rows, Range group, int index, int inputBuffer, int buffer, List<Command> program) {
        int channels = context.channels(layer.geometry().output().channels(), group);
        LayerTile tile =
                RowTile.reading(layer.geometry(), rows).of(layer, part.count()).withOutputChannels(channels);
        if (pool) {
            program.add(context.commands()
                    .pool(
                            tile.withInputChannels(channels),
                            inputAt(inputBuffer),
                            outputAt(buffer),
                            traceAt(buffer),
                            belowAt(part, rows, group, buffer)));
            return;
        }
        for (int block = 0; block < group.count(); block++) {
            int weights = weightsAt(index) + block * layer.blocksPerOutput();
            int bias = biasAt * context.config().lanes() + group.from() + block;
            program.add(context.commands().forward(tile, block, inputAt(inputBuffer), weights, bias));
            program.add(context.commands().neuron(tile, block, outputAt(buffer), traceAt(buffer)));
        }
    }

    private void store(Range part, Range rows, Range group, int buffer, List<Command> program) {
        program.addAll(spikes.move(Opcode.STORE, part, rows, group, outputAt(buffer), group.count()));
        for (MemoryTensor trace : traces) {
            program.addAll(trace.move(Opcode.STORE, part, rows, group, traceAt(buffer), group.count()));
        }
    }

    private int weightsAt(int index) {
        return biasAt + layer.biasBlocks() + index % weightBuffers * groupBlocks;
    }

    private int inputAt(int buffer) {
        return buffer * inputWords;
    }

    private int outputAt(int buffer) {
        return tiling.buffers() * inputWords + buffer * outputWords;
    }

    private int traceAt(int buffer) {
        return buffer * traceWords;
    }

    /** Windows of the layer below a pool: behind the tile's own. */
    private int belowAt(Range part, Range rows, Range group, int buffer) {
        return traceAt(buffer) + part.count() * rows.count() * context.rowPoints(layer) * group.count();
    }
}
