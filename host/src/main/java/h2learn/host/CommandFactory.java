package h2learn.host;

import static h2learn.contract.CommandField.ALPHA;
import static h2learn.contract.CommandField.BETA;
import static h2learn.contract.CommandField.BIAS;
import static h2learn.contract.CommandField.BIAS_WORD;
import static h2learn.contract.CommandField.BLOCKS;
import static h2learn.contract.CommandField.CLASSES;
import static h2learn.contract.CommandField.DECAY_MULTIPLIER;
import static h2learn.contract.CommandField.DECAY_SHIFT;
import static h2learn.contract.CommandField.DETACH_RESET;
import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_CHANNELS;
import static h2learn.contract.CommandField.INPUT_FRACTION;
import static h2learn.contract.CommandField.INPUT_HEIGHT;
import static h2learn.contract.CommandField.INPUT_WIDTH;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.LABEL_WORD;
import static h2learn.contract.CommandField.LAYER;
import static h2learn.contract.CommandField.LAYER_WEIGHTS;
import static h2learn.contract.CommandField.MOMENTUM;
import static h2learn.contract.CommandField.MULTIPLIER;
import static h2learn.contract.CommandField.NEURONS;
import static h2learn.contract.CommandField.NOISE_KEY;
import static h2learn.contract.CommandField.OUTPUT_BLOCK;
import static h2learn.contract.CommandField.OUTPUT_BLOCKS;
import static h2learn.contract.CommandField.OUTPUT_CHANNELS;
import static h2learn.contract.CommandField.OUTPUT_HEIGHT;
import static h2learn.contract.CommandField.OUTPUT_PLANES;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.PADDING;
import static h2learn.contract.CommandField.PLANES;
import static h2learn.contract.CommandField.REPEATED;
import static h2learn.contract.CommandField.RESET;
import static h2learn.contract.CommandField.ROW_WEIGHTS;
import static h2learn.contract.CommandField.SAMPLES;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.SIGNED_INPUT;
import static h2learn.contract.CommandField.SPARSE_DS;
import static h2learn.contract.CommandField.SPIKE_INPUT;
import static h2learn.contract.CommandField.SPIKE_OUTPUT;
import static h2learn.contract.CommandField.STATIC_INPUT;
import static h2learn.contract.CommandField.STEPS;
import static h2learn.contract.CommandField.STOCHASTIC;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.contract.CommandField.SUM_WORD;
import static h2learn.contract.CommandField.THETA;
import static h2learn.contract.CommandField.TOP_PADDING;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.TRACE_BELOW;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;
import static h2learn.contract.CommandField.WEIGHT_BLOCKS;
import static h2learn.contract.CommandField.WINDOW;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.ScaledFactor;
import java.util.List;

/**
 * Fills the fields of engine commands from a network: what to compute comes from the layer and its tile, where it lies
 * from the caller. All addresses are scratchpad words, all blocks count from the tile's first.
 */
public final class CommandFactory {
    private final Network network;
    private final AcceleratorConfig config;
    private final List<LayerShape> shapes;
    private final List<LayerConstants> constants;

    /** @param constants theta, alpha, shifts of each layer, from the golden model */
    public CommandFactory(Network network, AcceleratorConfig config, List<LayerConstants> constants) {
        this.network = network;
        this.config = config;
        this.shapes = network.shapes();
        this.constants = List.copyOf(constants);
    }

    /** FORWARD of one output block. {@code weightBlock} and {@code biasWord} are that block's. */
    public Command forward(LayerTile tile, int block, int spikeInput, int weightBlock, int biasWord) {
        return input(Opcode.FORWARD, tile, block, spikeInput, weightBlock, biasWord)
                .build();
    }

    /** NEURON of one output block, after its FORWARD. */
    public Command neuron(LayerTile tile, int block, int spikeOutput, int trace) {
        LayerConstants constant = constants.get(index(tile));
        LayerShape shape = tile.layer().shape();
        return point(Opcode.NEURON, tile)
                .with(STATIC_INPUT, shape.staticInput())
                .with(OUTPUT_BLOCK, block)
                .with(INPUT_FRACTION, shape.inputFractionBits())
                .with(SPIKE_OUTPUT, spikeOutput)
                .with(TRACE, trace)
                .with(THETA, constant.theta())
                .with(WINDOW, constant.window())
                .with(ALPHA, constant.alpha())
                .with(RESET, reset(constant))
                .build();
    }

    /** POOL of all of a tile's blocks. {@code traceBelow} is where the layer below has its windows. */
    public Command pool(LayerTile tile, int spikeInput, int spikeOutput, int trace, int traceBelow) {
        return pools(Opcode.POOL, tile, trace, traceBelow)
                .with(SPIKE_INPUT, spikeInput)
                .with(SPIKE_OUTPUT, spikeOutput)
                .build();
    }

    /**
     * LOSS of the last layer, all of its blocks.
     *
     * @param repeated whether it ran before for the same points, so that its saturations are not counted again
     */
    public Command loss(LayerTile tile, int spikeOutput, int trace, int labelWord, boolean repeated) {
        ScaledFactor factor = constants.get(index(tile)).loss();
        return point(Opcode.LOSS, tile)
                .with(SPIKE_OUTPUT, spikeOutput)
                .with(TRACE, trace)
                .with(LABEL_WORD, labelWord)
                .with(REPEATED, repeated ? 1 : 0)
                .with(MULTIPLIER, factor.multiplier())
                .with(SHIFT, factor.shift())
                .with(CLASSES, network.classes().count())
                .with(NEURONS, network.classes().neurons())
                .build();
    }

    /**
     * BACKWARD from a layer, not the first, into the tile's input, the layer below. Its saturations count for the layer
     * of neurons below.
     */
    public Command backward(LayerTile tile, int trace, int traceBelow, int weightBlock) {
        return point(Opcode.BACKWARD, tile)
                .with(LAYER, index(tile) - 1)
                .with(INPUT_CHANNELS, tile.inputChannels())
                .with(TRACE, trace)
                .with(TRACE_BELOW, traceBelow)
                .with(WEIGHT_BLOCK, weightBlock)
                .with(SHIFT, constants.get(index(tile)).backwardShift())
                .build();
    }

    /** POOL_BACKWARD from a pool into the tile's input. Its saturations count for the layer below. */
    public Command poolBackward(LayerTile tile, int trace, int traceBelow) {
        return pools(Opcode.POOL_BACKWARD, tile, trace, traceBelow)
                .with(LAYER, index(tile) - 1)
                .with(SPARSE_DS, sparse(index(tile)))
                .build();
    }

    /** NEURON_BACKWARD of one block. {@code sumWord} is used where the layer's input is static. */
    public Command neuronBackward(LayerTile tile, int block, int spikeOutput, int trace, int sumWord) {
        LayerConstants constant = constants.get(index(tile));
        boolean isStatic = tile.layer().shape().staticInput();
        return point(Opcode.NEURON_BACKWARD, tile)
                .with(STATIC_INPUT, isStatic)
                .with(SPARSE_DS, sparse(index(tile)))
                .with(OUTPUT_BLOCK, block)
                .with(SPIKE_OUTPUT, spikeOutput)
                .with(TRACE, trace)
                .with(SUM_WORD, isStatic ? sumWord : 0)
                .with(ALPHA, constant.alpha())
                .with(BETA, constant.beta())
                .with(RESET, reset(constant))
                .with(DETACH_RESET, constant.detachReset())
                .with(THETA, constant.theta())
                .with(WINDOW, constant.window())
                .with(MULTIPLIER, constant.slope().multiplier())
                .with(SHIFT, constant.slope().shift())
                .build();
    }

    /** WEIGHT_GRADIENT of one output block. {@code weightBlock} and {@code biasWord} are that block's. */
    public Command weightGradient(
            LayerTile tile, int block, int spikeInput, int trace, int sumWord, int weightBlock, int biasWord) {
        return input(Opcode.WEIGHT_GRADIENT, tile, block, spikeInput, weightBlock, biasWord)
                .with(TRACE, trace)
                .with(SUM_WORD, tile.layer().shape().staticInput() ? sumWord : 0)
                .build();
    }

    /**
     * UPDATE of weight blocks and of the bias blocks that follow them.
     *
     * @param weightBlock first block
     * @param weightBlocks blocks of weights, 0 where only biases are updated
     * @param blocks blocks of weights and biases
     */
    public Command update(
            Placement.Layer layer, UpdateConstants constant, int weightBlock, int weightBlocks, int blocks) {
        Command.Builder command = Command.of(Opcode.UPDATE)
                .with(LAYER, layer.shape().index())
                .with(WEIGHT_BLOCK, weightBlock)
                .with(BLOCKS, blocks)
                .with(MULTIPLIER, constant.factor().multiplier())
                .with(SHIFT, constant.factor().shift())
                .with(MOMENTUM, constant.momentum());
        boolean decays = constant.decay().multiplier() > 0;
        if (decays || constant.stochastic()) {
            command.with(WEIGHT_BLOCKS, weightBlocks);
        }
        if (decays) {
            command.with(DECAY_MULTIPLIER, constant.decay().multiplier())
                    .with(DECAY_SHIFT, constant.decay().shift());
        }
        if (constant.stochastic()) {
            int inputs = layer.shape().inputs();
            command.with(STOCHASTIC, true)
                    .with(NOISE_KEY, constant.noiseKey())
                    .with(INPUT_BLOCKS, layer.inputBlocks())
                    .with(INPUT_CHANNELS, layer.geometry().input().channels())
                    .with(ROW_WEIGHTS, inputs)
                    .with(LAYER_WEIGHTS, (long) inputs * layer.shape().outputs());
        }
        return command.build();
    }

    /** Done when all commands before it are. */
    public static Command fence() {
        return Command.of(Opcode.FENCE).build();
    }

    /** Whether BACKWARD writes a layer's ds, and skips points; LOSS and POOL_BACKWARD write all of it. */
    private boolean sparse(int layer) {
        return layer + 1 < shapes.size() && shapes.get(layer + 1).weighted();
    }

    private static int index(LayerTile tile) {
        return tile.layer().shape().index();
    }

    private static int reset(LayerConstants constant) {
        return switch (constant.reset()) {
            case HARD -> CommandField.RESET_HARD;
            case SOFT -> CommandField.RESET_SOFT;
            case NONE -> CommandField.RESET_NONE;
        };
    }

    /** What both commands of a pool have. */
    private Command.Builder pools(Opcode opcode, LayerTile tile, int trace, int traceBelow) {
        return point(opcode, tile)
                .with(OUTPUT_PLANES, tile.layer().shape().outputPlanes())
                .with(TRACE, trace)
                .with(TRACE_BELOW, traceBelow);
    }

    /** What every command over the points of a layer has. */
    private Command.Builder point(Opcode opcode, LayerTile tile) {
        LayerGeometry geometry = tile.layer().geometry();
        return Command.of(opcode)
                .with(LAYER, index(tile))
                .with(TOP_PADDING, tile.topPadding())
                .with(SAMPLES, tile.samples())
                .with(STEPS, network.steps())
                .with(OUTPUT_BLOCKS, config.blocks(tile.outputChannels()))
                .with(OUTPUT_CHANNELS, tile.outputChannels())
                .with(INPUT_HEIGHT, tile.inputRows())
                .with(INPUT_WIDTH, geometry.input().width())
                .with(OUTPUT_HEIGHT, tile.outputRows())
                .with(OUTPUT_WIDTH, geometry.output().width())
                .with(KERNEL_HEIGHT, tile.kernelRows())
                .with(KERNEL_WIDTH, geometry.kernelWidth())
                .with(STRIDE, geometry.stride())
                .with(PADDING, geometry.padding())
                .with(PLANES, 1)
                .with(INPUT_BLOCKS, config.blocks(tile.inputChannels()));
    }

    /** What every command that streams a layer's input for one output block has. */
    private Command.Builder input(
            Opcode opcode, LayerTile tile, int block, int spikeInput, int weightBlock, int biasWord) {
        LayerShape shape = tile.layer().shape();
        return point(opcode, tile)
                .with(STATIC_INPUT, shape.staticInput())
                .with(SIGNED_INPUT, shape.inputSigned())
                .with(BIAS, shape.bias())
                .with(PLANES, shape.inputPlanes())
                .with(INPUT_FRACTION, shape.inputFractionBits())
                .with(OUTPUT_BLOCK, block)
                .with(SPIKE_INPUT, spikeInput)
                .with(WEIGHT_BLOCK, weightBlock)
                .with(BIAS_WORD, shape.bias() ? biasWord : 0);
    }
}
