package h2learn.host.image;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.ImageCoding;
import h2learn.data.Sample;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Images of the named networks, of a few samples. */
public final class TestImages {
    public static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    public static final Network TINY_MLP = new NetworkReader().read("tiny-mlp");
    public static final double LEARNING_RATE = 0.6;
    private static final long SEED = 7;

    private TestImages() {}

    /** {@code tiny-mlp} on {@code tiny}. */
    public static NetworkImage tiny(int steps, int samples) {
        List<List<Sample>> minibatches = minibatches(TINY_MLP, steps, samples);
        return ImageMaker.of(
                Plans.of(TINY_MLP, TINY, samples, Overlap.FULL), initial(), minibatches, LEARNING_RATE, done -> {});
    }

    public static MasterWeights initial() {
        return MasterWeights.initial(TINY_MLP, TINY.formats(), SEED);
    }

    public static List<List<Sample>> minibatches(Network network, int steps, int samples) {
        List<Sample> all = Encoder.encode(DataSets.open(Optional.empty()), network, SEED, ImageCoding.of(network))
                .train();
        List<List<Sample>> minibatches = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            minibatches.add(all.subList(step * samples, (step + 1) * samples));
        }
        return minibatches;
    }
}
