package h2learn.host;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the tensors of a network lie in the scratchpads of one accelerator, and how many samples a minibatch part has.
 * Weights: layer after layer, the weight blocks [output block][tap][input block], then the bias blocks. Spikes and traces:
 * layer after layer, [sample][row][column][t][block]; the input first.
 */
public final class Placement {
    /**
     * @param shape of the layer
     * @param geometry of the layer as the engines walk over it
     * @param inputBlocks input channels / N, rounded up
     * @param outputBlocks output channels / N, rounded up
     * @param weightBlock first weight block
     * @param biasBlock first bias block: word biasBlock * N + output block holds the biases of an output block
     * @param blocks weight and bias blocks
     * @param spikeInput first spike word of the input
     * @param spikeOutput first spike word of the output
     * @param trace first trace word
     */
    public record Layer(
            LayerShape shape,
            LayerGeometry geometry,
            int inputBlocks,
            int outputBlocks,
            int weightBlock,
            int biasBlock,
            int blocks,
            int spikeInput,
            int spikeOutput,
            int trace) {

        /** Output points of one sample: positions times steps. */
        int points(int steps) {
            return geometry.output().points() * steps;
        }

        /** Weight blocks, without bias blocks; 0 for a pool. */
        public int weightBlocks() {
            return biasBlock - weightBlock;
        }

        /** Bias blocks; 0 without a bias. */
        public int biasBlocks() {
            return blocks - weightBlocks();
        }

        /** Weight blocks of one output block: taps times input blocks. */
        public int blocksPerOutput() {
            return geometry.taps() * inputBlocks;
        }
    }

    private final Network network;
    private final AcceleratorConfig config;
    private final List<Layer> layers;
    private final int partSamples;

    private Placement(Network network, AcceleratorConfig config, int partSamples) {
        this.network = network;
        this.config = config;
        this.partSamples = partSamples;
        List<Layer> placed = new ArrayList<>();
        int weightBlock = 0;
        int spikeWord = 0;
        int traceWord = 0;
        LayerShape.@Nullable Extent below = null;
        for (LayerShape shape : network.shapes()) {
            LayerGeometry geometry = LayerGeometry.of(shape, below, config);
            int inputBlocks = config.blocks(geometry.input().channels());
            int outputBlocks = config.blocks(geometry.output().channels());
            int weightBlocks = shape.weighted() ? geometry.taps() * inputBlocks * outputBlocks : 0;
            int blocks = weightBlocks + (shape.bias() ? config.blocks(outputBlocks) : 0);
            int inputPoints = partSamples * geometry.input().points() * (shape.staticInput() ? 1 : network.steps());
            int outputWords = partSamples * geometry.output().points() * network.steps() * outputBlocks;
            int spikeOutput = spikeWord + inputPoints * inputBlocks * shape.inputPlanes();
            placed.add(new Layer(
                    shape,
                    geometry,
                    inputBlocks,
                    outputBlocks,
                    weightBlock,
                    weightBlock + weightBlocks,
                    blocks,
                    spikeWord,
                    spikeOutput,
                    traceWord));
            weightBlock += blocks;
            spikeWord = spikeOutput;
            traceWord += outputWords;
            below = geometry.output();
        }
        layers = List.copyOf(placed);
    }

    /** Places a network with the largest part that fits. Throws {@link PlacementException} with every reason. */
    public static Placement of(Network network, AcceleratorConfig config) {
        refuseUnsupported(network, config);
        int samples = Math.min(network.training().minibatch(), config.limits().samples());
        while (samples > 1
                && !new Placement(network, config, samples).problems().isEmpty()) {
            samples--;
        }
        Placement placement = new Placement(network, config, samples);
        List<String> problems = placement.problems();
        if (!problems.isEmpty()) {
            throw new PlacementException(network.name(), config.name(), problems);
        }
        return placement;
    }

    /**
     * Places a network as if the scratchpads had no end: for planners, which keep a whole minibatch in external memory
     * and choose scratchpad words themselves. Throws {@link PlacementException} for what no accelerator or this one
     * cannot compute.
     */
    public static Placement unbounded(Network network, AcceleratorConfig config, int samples) {
        refuseUnsupported(network, config);
        return new Placement(network, config, samples);
    }

    private static void refuseUnsupported(Network network, AcceleratorConfig config) {
        List<String> missing = Unsupported.reasons(network);
        if (!missing.isEmpty()) {
            throw PlacementException.notYet(network.name(), missing);
        }
        List<String> options = Unsupported.missingOptions(network, config);
        if (!options.isEmpty()) {
            throw PlacementException.withoutOptions(network.name(), config.name(), options);
        }
    }

    /** Why the network does not fit, empty when it does. */
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        AcceleratorConfig.Limits limits = config.limits();
        AcceleratorConfig.Memories memories = config.memories();
        Layer last = layers.get(layers.size() - 1);
        int steps = network.steps();
        require(problems, "steps T", steps, limits.steps(), "limits.steps");
        for (Layer layer : layers) {
            String what = "input bit-planes of layer " + layer.shape().index();
            require(problems, what, layer.shape().inputPlanes(), limits.inputPlanes(), "limits.inputPlanes");
        }
        require(
                problems,
                "weight blocks",
                last.weightBlock() + last.blocks(),
                memories.weightBlocks(),
                "memories.weightBlocks");
        int outputWords = partSamples * steps * last.outputBlocks();
        require(
                problems,
                "spike words",
                last.spikeOutput() + outputWords,
                memories.spikeWords(),
                "memories.spikeWords");
        require(problems, "trace words", last.trace() + outputWords, memories.traceWords(), "memories.traceWords");
        require(problems, "classes", network.classes().count(), MemoryMap.MAXIMUM_CLASSES, "the loss unit");
        require(
                problems,
                "layers",
                layers.size(),
                1 << h2learn.contract.CommandField.LAYER.bits(),
                "the command format");
        for (Layer layer : layers) {
            String where = "of layer " + layer.shape().index();
            int points = partSamples * layer.points(steps);
            require(problems, "points of one part " + where, points, limits.points(), "limits.points");
            if (layer.shape().index() > 0 && layer.shape().weighted()) {
                listProblems(layer, where, problems);
            }
            if (layer.shape().staticInput()) {
                require(
                        problems,
                        "gradient sum words " + where,
                        partSamples * layer.geometry().output().points() * layer.outputBlocks(),
                        memories.gradientSumWords(),
                        "memories.gradientSumWords");
            }
        }
        return problems;
    }

    /**
     * The backward engine lists gu of all output points that a row of the layer below is read by, and needs room for one
     * more.
     */
    private void listProblems(Layer layer, String where, List<String> problems) {
        LayerGeometry geometry = layer.geometry();
        int rows = Math.min(
                geometry.output().height(), (geometry.kernelHeight() + geometry.stride() - 1) / geometry.stride());
        int points = rows * geometry.output().width() + 1;
        require(problems, "listed points " + where, points, MemoryMap.LISTED_POINTS, "the backward lists");
        int entries = points * layer.outputBlocks() * config.lanes() + 1;
        require(problems, "listed gradients " + where, entries, MemoryMap.LIST_ENTRIES, "the backward lists");
    }

    private static void require(List<String> problems, String what, int needed, int there, String limit) {
        if (needed > there) {
            problems.add(needed + " " + what + " are needed, " + limit + " holds " + there);
        }
    }

    public Network network() {
        return network;
    }

    public AcceleratorConfig config() {
        return config;
    }

    public List<Layer> layers() {
        return layers;
    }

    /** Most samples of one minibatch part. */
    public int partSamples() {
        return partSamples;
    }

    /** Splits a minibatch into parts of at most {@link #partSamples()}, in order. */
    public <T> List<List<T>> parts(List<T> minibatch) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < minibatch.size(); from += partSamples) {
            parts.add(minibatch.subList(from, Math.min(minibatch.size(), from + partSamples)));
        }
        return parts;
    }
}
