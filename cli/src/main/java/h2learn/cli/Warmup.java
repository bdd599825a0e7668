package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.Trainer;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import java.io.PrintWriter;
import java.util.List;

/** Training of the integer model before a measurement, so that masks and gradients are those of real training. */
final class Warmup {
    private Warmup() {}

    /** Weights after one epoch of {@code train}; the initial ones where there is none. */
    static MasterWeights weights(
            Network network,
            AcceleratorConfig config,
            List<Sample> train,
            long seed,
            ProgressOption progress,
            PrintWriter err) {
        MasterWeights master = MasterWeights.initial(network, config.formats(), seed);
        if (!train.isEmpty()) {
            try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                    Progress bar = progress.bar(err, "training", "samples", train.size())) {
                new Trainer(new FixedEngine(network, config.formats(), master), workers, seed)
                        .train(train, List.of(), 1, (epoch, done, count) -> bar.reach(done), epoch -> {});
            }
        }
        return master;
    }
}
