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
import static h2learn.contract.CommandField.THETA;
import static h2learn.contract.CommandField.TOP_PADDING;
import static h2learn.contract.CommandField.TRACE;
import static h2learn.contract.CommandField.TRACE_BELOW;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;
import static h2learn.contract.CommandField.WEIGHT_BLOCKS;
import static h2learn.contract.CommandField.WINDOW;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.LayerShape;
import h2learn.number.ScaledFactor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The commands of one training step of a placed network, layer by layer, so that a harness can look between them. */
public final class Schedule {
    private final Placement placement;
    private final List<LayerConstants> constants;

    /** @param constants theta, alpha, shifts of each layer, from the golden model */
    public Schedule(Placement placement, List<LayerConstants> constants) {
        this.placement = placement;
        this.constants = List.copyOf(constants);
    }

    /** FORWARD and NEURON of every output block of a layer, or POOL. */
    public List<Command> forward(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        if (!place.shape().weighted()) {
            return List.of(pool(Opcode.POOL, place, samples)
                    .with(SPIKE_INPUT, place.spikeInput())
                    .with(SPIKE_OUTPUT, place.spikeOutput())
                    .build());
        }
        LayerConstants constant = constants.get(layer);
        return blocks(place)
                .flatMap(block -> Stream.of(
                        input(Opcode.FORWARD, place, samples, block).build(),
                        point(Opcode.NEURON, place, samples)
                                .with(STATIC_INPUT, place.shape().staticInput())
                                .with(OUTPUT_BLOCK, block)
                                .with(INPUT_FRACTION, place.shape().inputFractionBits())
                                .with(SPIKE_OUTPUT, place.spikeOutput())
                                .with(TRACE, place.trace())
                                .with(THETA, constant.theta())
                                .with(WINDOW, constant.window())
                                .with(ALPHA, constant.alpha())
                                .with(RESET, reset(constant))
                                .build()))
                .toList();
    }

    /** LOSS of the last layer. */
    public Command loss(int samples) {
        int last = placement.layers().size() - 1;
        Placement.Layer place = placement.layers().get(last);
        ScaledFactor factor = constants.get(last).loss();
        return point(Opcode.LOSS, place, samples)
                .with(SPIKE_OUTPUT, place.spikeOutput())
                .with(TRACE, place.trace())
                .with(MULTIPLIER, factor.multiplier())
                .with(SHIFT, factor.shift())
                .with(CLASSES, placement.network().classes().count())
                .with(NEURONS, placement.network().classes().neurons())
                .build();
    }

    /** BACKWARD, or POOL_BACKWARD, from a layer, not the first, into the one below. Its saturations count for the layer below. */
    public Command backward(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        Placement.Layer below = placement.layers().get(layer - 1);
        if (!place.shape().weighted()) {
            return pool(Opcode.POOL_BACKWARD, place, samples)
                    .with(LAYER, layer - 1)
                    .with(SPARSE_DS, sparse(layer))
                    .build();
        }
        return point(Opcode.BACKWARD, place, samples)
                .with(LAYER, layer - 1)
                .with(INPUT_CHANNELS, place.geometry().input().channels())
                .with(TRACE, place.trace())
                .with(TRACE_BELOW, below.trace())
                .with(WEIGHT_BLOCK, place.weightBlock())
                .with(SHIFT, constants.get(layer).backwardShift())
                .build();
    }

    /** NEURON_BACKWARD of every channel block of a layer; a pool has none. */
    public List<Command> neuronBackward(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        LayerConstants constant = constants.get(layer);
        return blocks(place)
                .map(block -> point(Opcode.NEURON_BACKWARD, place, samples)
                        .with(STATIC_INPUT, place.shape().staticInput())
                        .with(SPARSE_DS, sparse(layer))
                        .with(OUTPUT_BLOCK, block)
                        .with(SPIKE_OUTPUT, place.spikeOutput())
                        .with(TRACE, place.trace())
                        .with(ALPHA, constant.alpha())
                        .with(BETA, constant.beta())
                        .with(RESET, reset(constant))
                        .with(DETACH_RESET, constant.detachReset())
                        .with(THETA, constant.theta())
                        .with(WINDOW, constant.window())
                        .with(MULTIPLIER, constant.slope().multiplier())
                        .with(SHIFT, constant.slope().shift())
                        .build())
                .toList();
    }

    /** WEIGHT_GRADIENT of every output block of a layer; a pool has none. */
    public List<Command> weightGradient(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        return blocks(place)
                .map(block -> input(Opcode.WEIGHT_GRADIENT, place, samples, block)
                        .with(TRACE, place.trace())
                        .build())
                .toList();
    }

    /** UPDATE of a layer; a pool has no weights and must not be updated. */
    public Command update(int layer, UpdateConstants constant) {
        Placement.Layer place = placement.layers().get(layer);
        Command.Builder command = Command.of(Opcode.UPDATE)
                .with(LAYER, layer)
                .with(WEIGHT_BLOCK, place.weightBlock())
                .with(BLOCKS, place.blocks())
                .with(MULTIPLIER, constant.factor().multiplier())
                .with(SHIFT, constant.factor().shift())
                .with(MOMENTUM, constant.momentum());
        boolean decays = constant.decay().multiplier() > 0;
        if (decays || constant.stochastic()) {
            command.with(WEIGHT_BLOCKS, place.biasBlock() - place.weightBlock());
        }
        if (decays) {
            command.with(DECAY_MULTIPLIER, constant.decay().multiplier())
                    .with(DECAY_SHIFT, constant.decay().shift());
        }
        if (constant.stochastic()) {
            int inputs = place.shape().inputs();
            command.with(STOCHASTIC, true)
                    .with(NOISE_KEY, constant.noiseKey())
                    .with(INPUT_BLOCKS, place.inputBlocks())
                    .with(INPUT_CHANNELS, place.geometry().input().channels())
                    .with(ROW_WEIGHTS, inputs)
                    .with(LAYER_WEIGHTS, inputs * place.shape().outputs());
        }
        return command.build();
    }

    /**
     * UPDATE with a factor of 0: makes the engines' copies of master weights that the host has written. Where there is a
     * momentum, twice: the first one turns v into the dW that it found, and clears that; the second one turns v into 0.
     */
    public List<Command> copyWeights() {
        int times = placement.config().options().momentum() ? 2 : 1;
        List<Command> commands = new ArrayList<>();
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            for (int time = 0;
                    time < times && placement.layers().get(layer).shape().weighted();
                    time++) {
                commands.add(update(layer, UpdateConstants.NOTHING));
            }
        }
        return commands;
    }

    /** Everything of one part from the first layer's FORWARD to the last WEIGHT_GRADIENT. */
    public List<Command> part(int samples) {
        List<Command> commands = new ArrayList<>();
        int layers = placement.layers().size();
        for (int layer = 0; layer < layers; layer++) {
            commands.addAll(forward(layer, samples));
        }
        commands.add(loss(samples));
        for (int layer = layers - 1; layer >= 0; layer--) {
            commands.addAll(neuronBackward(layer, samples));
            commands.addAll(weightGradient(layer, samples));
            if (layer > 0) {
                commands.add(backward(layer, samples));
            }
        }
        return commands;
    }

    private static int reset(LayerConstants constant) {
        return switch (constant.reset()) {
            case HARD -> CommandField.RESET_HARD;
            case SOFT -> CommandField.RESET_SOFT;
            case NONE -> CommandField.RESET_NONE;
        };
    }

    /** The blocks that a layer's neurons are computed in; none of a pool. */
    private static Stream<Integer> blocks(Placement.Layer place) {
        return IntStream.range(0, place.shape().weighted() ? place.outputBlocks() : 0)
                .boxed();
    }

    /** Whether BACKWARD writes a layer's ds, and skips points; LOSS and POOL_BACKWARD write all of it. */
    private boolean sparse(int layer) {
        return layer + 1 < placement.layers().size()
                && placement.layers().get(layer + 1).shape().weighted();
    }

    /** What both commands of a pool have. */
    private Command.Builder pool(Opcode opcode, Placement.Layer place, int samples) {
        int below = place.shape().index() - 1;
        return point(opcode, place, samples)
                .with(OUTPUT_PLANES, place.shape().outputPlanes())
                .with(TRACE, place.trace())
                .with(TRACE_BELOW, placement.layers().get(below).trace());
    }

    /** What every command over the points of a layer has. */
    private Command.Builder point(Opcode opcode, Placement.Layer place, int samples) {
        LayerGeometry geometry = place.geometry();
        return Command.of(opcode)
                .with(LAYER, place.shape().index())
                .with(SAMPLES, samples)
                .with(STEPS, placement.network().steps())
                .with(OUTPUT_BLOCKS, place.outputBlocks())
                .with(OUTPUT_CHANNELS, geometry.output().channels())
                .with(INPUT_HEIGHT, geometry.input().height())
                .with(INPUT_WIDTH, geometry.input().width())
                .with(OUTPUT_HEIGHT, geometry.output().height())
                .with(OUTPUT_WIDTH, geometry.output().width())
                .with(KERNEL_HEIGHT, geometry.kernelHeight())
                .with(KERNEL_WIDTH, geometry.kernelWidth())
                .with(STRIDE, geometry.stride())
                .with(PADDING, geometry.padding())
                .with(TOP_PADDING, geometry.padding())
                .with(PLANES, 1)
                .with(INPUT_BLOCKS, place.inputBlocks());
    }

    /** What every command that streams a layer's input for one output block has. */
    private Command.Builder input(Opcode opcode, Placement.Layer place, int samples, int block) {
        LayerShape shape = place.shape();
        return point(opcode, place, samples)
                .with(STATIC_INPUT, shape.staticInput())
                .with(SIGNED_INPUT, shape.inputSigned())
                .with(BIAS, shape.bias())
                .with(PLANES, shape.inputPlanes())
                .with(INPUT_FRACTION, shape.inputFractionBits())
                .with(OUTPUT_BLOCK, block)
                .with(SPIKE_INPUT, place.spikeInput())
                .with(
                        WEIGHT_BLOCK,
                        place.weightBlock() + block * place.geometry().taps() * place.inputBlocks())
                .with(
                        BIAS_WORD,
                        shape.bias() ? place.biasBlock() * placement.config().lanes() + block : 0);
    }
}
