package h2learn.host;

import h2learn.contract.Command;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.UpdateConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The commands of one training step of a placed network, layer by layer, so that a harness can look between them. */
public final class Schedule {
    private final Placement placement;
    private final CommandFactory commands;

    /** @param constants theta, alpha, shifts of each layer, from the golden model */
    public Schedule(Placement placement, List<LayerConstants> constants) {
        this.placement = placement;
        this.commands = new CommandFactory(placement.network(), placement.config(), constants);
    }

    /** FORWARD and NEURON of every output block of a layer, or POOL. */
    public List<Command> forward(int layer, int samples) {
        return forward(LayerTile.whole(placement.layers().get(layer), samples));
    }

    /** The same of a tile that begins where its layer does. */
    public List<Command> forward(LayerTile tile) {
        Placement.Layer place = tile.layer();
        if (!place.shape().weighted()) {
            int below = placement.layers().get(place.shape().index() - 1).trace();
            return List.of(commands.pool(tile, place.spikeInput(), place.spikeOutput(), place.trace(), below));
        }
        return blocks(place)
                .flatMap(block -> Stream.of(
                        commands.forward(
                                tile, block, place.spikeInput(), weightBlock(place, block), biasWord(place, block)),
                        commands.neuron(tile, block, place.spikeOutput(), place.trace())))
                .toList();
    }

    /** LOSS of the last layer. */
    public Command loss(int samples) {
        Placement.Layer place = placement.layers().get(placement.layers().size() - 1);
        return commands.loss(LayerTile.whole(place, samples), place.spikeOutput(), place.trace(), 0, false);
    }

    /** BACKWARD, or POOL_BACKWARD, from a layer, not the first, into the one below. Its saturations count for the layer below. */
    public Command backward(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        LayerTile tile = LayerTile.whole(place, samples);
        int below = placement.layers().get(layer - 1).trace();
        return place.shape().weighted()
                ? commands.backward(tile, place.trace(), below, place.weightBlock())
                : commands.poolBackward(tile, place.trace(), below);
    }

    /** NEURON_BACKWARD of every channel block of a layer; a pool has none. */
    public List<Command> neuronBackward(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        LayerTile tile = LayerTile.whole(place, samples);
        return blocks(place)
                .map(block -> commands.neuronBackward(tile, block, place.spikeOutput(), place.trace(), 0))
                .toList();
    }

    /** WEIGHT_GRADIENT of every output block of a layer; a pool has none. */
    public List<Command> weightGradient(int layer, int samples) {
        return weightGradient(LayerTile.whole(placement.layers().get(layer), samples));
    }

    /** The same of a tile that begins where its layer does. */
    public List<Command> weightGradient(LayerTile tile) {
        Placement.Layer place = tile.layer();
        return blocks(place)
                .map(block -> commands.weightGradient(
                        tile,
                        block,
                        place.spikeInput(),
                        place.trace(),
                        0,
                        weightBlock(place, block),
                        biasWord(place, block)))
                .toList();
    }

    /** UPDATE of a layer; a pool has no weights and must not be updated. */
    public Command update(int layer, UpdateConstants constant) {
        Placement.Layer place = placement.layers().get(layer);
        return commands.update(
                place, constant, place.weightBlock(), place.biasBlock() - place.weightBlock(), place.blocks());
    }

    /**
     * UPDATE with a factor of 0: makes the engines' copies of master weights that the host has written. Where there is a
     * momentum, twice: the first one turns v into the dW that it found, and clears that; the second one turns v into 0.
     */
    public List<Command> copyWeights() {
        int times = placement.config().options().momentum() ? 2 : 1;
        List<Command> copies = new ArrayList<>();
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            for (int time = 0;
                    time < times && placement.layers().get(layer).shape().weighted();
                    time++) {
                copies.add(update(layer, UpdateConstants.NOTHING));
            }
        }
        return copies;
    }

    /** Everything of one part from the first layer's FORWARD to the last WEIGHT_GRADIENT. */
    public List<Command> part(int samples) {
        List<Command> part = new ArrayList<>();
        int layers = placement.layers().size();
        for (int layer = 0; layer < layers; layer++) {
            part.addAll(forward(layer, samples));
        }
        part.add(loss(samples));
        for (int layer = layers - 1; layer >= 0; layer--) {
            part.addAll(neuronBackward(layer, samples));
            part.addAll(weightGradient(layer, samples));
            if (layer > 0) {
                part.add(backward(layer, samples));
            }
        }
        return part;
    }

    /** The blocks that a layer's neurons are computed in; none of a pool. */
    private static Stream<Integer> blocks(Placement.Layer place) {
        return IntStream.range(0, place.shape().weighted() ? place.outputBlocks() : 0)
                .boxed();
    }

    private static int weightBlock(Placement.Layer place, int block) {
        return place.weightBlock() + block * place.geometry().taps() * place.inputBlocks();
    }

    private int biasWord(Placement.Layer place, int block) {
        return place.biasBlock() * placement.config().lanes() + block;
    }
}
