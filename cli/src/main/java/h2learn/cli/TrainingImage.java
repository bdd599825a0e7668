package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.data.DataSet;
import h2learn.data.Sample;
import h2learn.host.image.ImageMaker;
import h2learn.host.image.NetworkImage;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.model.Parameters;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Trainer;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Makes images of a network's training: the samples are those that {@code train} takes in its first epoch. */
final class TrainingImage {
    private TrainingImage() {}

    /**
     * @param steps at least 1
     * @param samples of a step, at least 1
     */
    static NetworkImage make(
            Network network,
            AcceleratorConfig config,
            Parameters initial,
            DataSet set,
            long seed,
            int steps,
            int samples,
            IntConsumer stepDone) {
        List<Sample> all = DataOptions.first(
                set.train(), Math.multiplyExact(steps, samples), "--steps", set.name() + " (training)");
        int[] order = Trainer.order(seed, 1, all.size());
        List<List<Sample>> minibatches = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            List<Sample> minibatch = new ArrayList<>();
            for (int index = 0; index < samples; index++) {
                minibatch.add(all.get(order[step * samples + index]));
            }
            minibatches.add(minibatch);
        }
        return ImageMaker.of(
                Plans.of(network, config, samples, Overlap.FULL),
                MasterWeights.of(network, initial, config.formats()),
                minibatches,
                network.training().learningRate(),
                stepDone);
    }
}
