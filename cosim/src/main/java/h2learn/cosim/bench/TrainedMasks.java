package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.Trainer;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights after some training by the golden model, which is faster than the Verilog and has the same bits, and the
 * samples that come next: what a measurement in the middle of training starts from.
 *
 * @param weights after the training
 * @param next samples in the order in which training would go on
 */
public record TrainedMasks(MasterWeights weights, List<Sample> next) {
    /**
     * Trains from the initial weights of {@code seed} with the network's first learning rate.
     *
     * @param minibatches to train for; after the last sample of the data the first follows again
     * @param samples encoded training samples, at least one minibatch
     * @param needed how many samples {@code next} shall have
     */
    public static TrainedMasks after(
            int minibatches,
            Network network,
            AcceleratorConfig config,
            List<Sample> samples,
            int needed,
            long seed,
            Workers workers) {
        int size = network.training().minibatch();
        if (samples.size() < size) {
            throw new IllegalArgumentException(
                    "a minibatch has " + size + " samples, but only " + samples.size() + " are there");
        }
        int[] order = Trainer.order(seed, 1, samples.size());
        FixedEngine engine =
                new FixedEngine(network, config.formats(), MasterWeights.initial(network, config.formats(), seed));
        int at = 0;
        for (int done = 0; done < minibatches; done++) {
            engine.step(take(samples, order, at, size), network.training().learningRate(), workers);
            at = (at + size) % order.length;
        }
        return new TrainedMasks(engine.master(), take(samples, order, at, needed));
    }

    private static List<Sample> take(List<Sample> samples, int[] order, int from, int count) {
        List<Sample> taken = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            taken.add(samples.get(order[(from + index) % order.length]));
        }
        return taken;
    }
}
