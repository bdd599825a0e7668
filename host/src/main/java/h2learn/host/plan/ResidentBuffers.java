package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.host.Placement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the tensors of the parts in flight lie in the scratchpads. Part p uses set p modulo the number of sets; what lies
 * in it is dead when the part that many places later begins to write it.
 */
final class ResidentBuffers {
    /**
     * How many parts' tensors lie side by side.
     *
     * @param input samples: loaded ahead, and read last by WEIGHT_GRADIENT
     * @param spikes spikes of all layers: three engines work on three parts
     * @param traces h, u, ds, gu and sums: written by one engine, read by the next
     */
    record Sets(int input, int spikes, int traces) {
        /** From no waiting at all to no overlap. */
        static final List<Sets> CHOICES = List.of(
                new Sets(4, 3, 2),
                new Sets(3, 3, 2),
                new Sets(3, 2, 2),
                new Sets(2, 2, 2),
                new Sets(2, 2, 1),
                new Sets(1, 1, 1));
    }

    private final PlanContext context;
    private final Sets sets;
    private final int samples;
    private final int labelSets;
    private final int inputWords;
    private final int sumWords;
    private final List<Integer> spikeAt = new ArrayList<>();
    private final List<Integer> spikeSets = new ArrayList<>();
    private final List<Integer> traceAt = new ArrayList<>();
    private final int spikeEnd;
    private final int traceWords;

    /** @param samples of a part */
    ResidentBuffers(PlanContext context, Sets sets, int samples) {
        this.context = context;
        this.sets = sets;
        this.samples = samples;
        Placement.Layer first = context.layers().get(0);
        inputWords = samples * sampleInput();
        int spike = sets.input() * inputWords;
        int trace = 0;
        for (Placement.Layer layer : context.layers()) {
            boolean last = layer.shape().index() == context.layers().size() - 1;
            // Nothing takes the last layer's spikes as inputs, so that they are dead a part earlier.
            int own = last ? Math.min(2, sets.spikes()) : sets.spikes();
            spikeAt.add(spike);
            spikeSets.add(own);
            traceAt.add(trace);
            spike += own * samples * spikeWords(layer);
            trace += samples * traceWords(layer);
        }
        spikeEnd = spike;
        traceWords = trace;
        sumWords = first.shape().staticInput() ? samples * traceWords(first) / context.steps() : 0;
        labelSets = Math.max(1, Math.min(2, context.config().limits().samples() / samples));
    }

    private int sampleInput() {
        MemoryTensor input = context.layout().inputTensor();
        return input.words(input.rows(), input.blocks());
    }

    /** Of one sample. */
    private int spikeWords(Placement.Layer layer) {
        return traceWords(layer) * layer.shape().outputPlanes();
    }

    private int traceWords(Placement.Layer layer) {
        return layer.geometry().output().points() * context.steps() * layer.outputBlocks();
    }

    String describe() {
        return "tensors of " + sets.input() + " inputs, " + sets.spikes() + " spikes and " + sets.traces()
                + " traces side by side";
    }

    Fit fit() {
        AcceleratorConfig.Memories memories = context.config().memories();
        Fit fit = new Fit();
        fit.require("samples of a part", samples, context.config().limits().samples(), "limits.samples");
        fit.require("spike words", spikeEnd, memories.spikeWords(), "memories.spikeWords");
        fit.require("trace words", (long) sets.traces() * traceWords, memories.traceWords(), "memories.traceWords");
        long sums = (long) sets.traces() * sumWords;
        fit.require("gradient sum words", sums, memories.gradientSumWords(), "memories.gradientSumWords");
        return fit;
    }

    /** First word of a part's input, or of a tile of it. */
    int input(Placement.Layer layer, int part, Chunk chunk, Range rows) {
        int index = layer.shape().index();
        if (index > 0) {
            return spikes(context.layers().get(index - 1), part, chunk, rows);
        }
        MemoryTensor input = context.layout().inputTensor();
        int offset = chunk.samples().from() * sampleInput() + input.words(rows.from(), input.blocks());
        return part % sets.input() * inputWords + offset;
    }

    /** First spike word of some rows of a layer's output. */
    int spikes(Placement.Layer layer, int part, Chunk chunk, Range rows) {
        int index = layer.shape().index();
        int set = part % spikeSets.get(index) * samples * spikeWords(layer);
        return spikeAt.get(index) + set + offset(layer, chunk, rows) * layer.shape().outputPlanes();
    }

    /** First trace word of some rows of a layer's output. */
    int trace(Placement.Layer layer, int part, Chunk chunk, Range rows) {
        int set = part % sets.traces() * traceWords;
        return set + traceAt.get(layer.shape().index()) + offset(layer, chunk, rows);
    }

    /** First sum word of some rows of the first layer. */
    int sums(Placement.Layer layer, int part, Chunk chunk, Range rows) {
        return part % sets.traces() * sumWords + offset(layer, chunk, rows) / context.steps();
    }

    int label(int part, Chunk chunk) {
        return part % labelSets * samples + chunk.samples().from();
    }

    private int offset(Placement.Layer layer, Chunk chunk, Range rows) {
        int row = context.rowPoints(layer) * layer.outputBlocks();
        return chunk.samples().from() * traceWords(layer) + rows.from() * row;
    }

    /**
     * What one command works on: samples of the part with all their rows, or rows of one sample, so that its words lie
     * behind each other.
     */
    record Chunk(Range samples, Range rows) {}
}
