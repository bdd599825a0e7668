package h2learn.cosim.train;

import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Activity;
import java.util.List;

/** One network in one simulated accelerator, with or without the golden model beside it; for the simulation's thread. */
interface SimulatedTraining {
    /** One update from one minibatch. */
    Activity step(List<Sample> minibatch, double learningRate);

    /** The class of each of at most {@link #mostSamples()} samples. */
    int[] predict(List<Sample> samples);

    /** Most samples of {@link #predict}. */
    int mostSamples();

    /** The master copies as the accelerator holds them. */
    MasterWeights master();

    /** Registers and counters. */
    CommandPort port();

    /** 32-bit words compared so far; 0 without the golden model. */
    long comparedWords();
}
