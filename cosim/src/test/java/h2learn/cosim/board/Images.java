package h2learn.cosim.board;

import h2learn.config.AcceleratorConfig;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.ImageCoding;
import h2learn.data.Sample;
import h2learn.exchange.graph.RandomSamples;
import h2learn.host.image.ImageMaker;
import h2learn.host.image.NetworkImage;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.Plans;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateState;
import h2learn.model.fixed.WeightGradients;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network, samples for it, their image, and what the golden model learns from them. */
record Images(Network network, AcceleratorConfig config, List<List<Sample>> minibatches) {
    private static final long SEED = 3;

    static Images of(Network network, AcceleratorConfig config, int steps, int samples) {
        List<Sample> all = Encoder.encode(DataSets.open(Optional.empty()), network, SEED, ImageCoding.of(network))
                .train();
        return of(network, config, steps, samples, all);
    }

    /** The same with noise, for networks that there are no data for. */
    static Images random(Network network, AcceleratorConfig config, int steps, int samples) {
        return of(network, config, steps, samples, RandomSamples.of(network, steps * samples, SEED));
    }

    private static Images of(Network network, AcceleratorConfig config, int steps, int samples, List<Sample> all) {
        List<List<Sample>> minibatches = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            minibatches.add(all.subList(step * samples, (step + 1) * samples));
        }
        return new Images(network, config, minibatches);
    }

    NetworkImage image() {
        return ImageMaker.of(
                Plans.of(network, config, minibatches.get(0).size(), Overlap.FULL),
                initial(),
                minibatches,
                network.training().learningRate(),
                done -> {});
    }

    private MasterWeights initial() {
        return MasterWeights.initial(network, config.formats(), SEED);
    }

    /** The golden model knows nothing of commands and memories. */
    MasterWeights golden() {
        FixedModel model = new FixedModel(network, config.formats());
        MasterWeights master = initial();
        UpdateState state = new UpdateState(network);
        for (List<Sample> minibatch : minibatches) {
            EngineWeights weights = EngineWeights.of(master, model.formats());
            WeightGradients gradients = new WeightGradients(network);
            for (Sample sample : minibatch) {
                gradients.accumulate(model.run(weights, sample), sample);
            }
            model.update(master, gradients, state, network.training().learningRate(), minibatch.size());
        }
        return master;
    }
}
