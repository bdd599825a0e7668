package h2learn.model.train;

import h2learn.data.Sample;
import h2learn.network.Network;
import java.util.List;

/** One model with its weights, float or integer, as the trainer sees it. */
public interface TrainingEngine {
    Network network();

    /** Forward, backward and one update; the new weights do not depend on the number of workers. */
    Activity step(List<Sample> minibatch, double learningRate, Workers workers);

    /** The class the network gives the sample: the largest count, of several the lowest class. Safe to share. */
    int predict(Sample sample);
}
