package h2learn.model.train;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.model.Classes;
import h2learn.model.ExternalLoss;
import h2learn.model.SoftmaxCrossEntropy;
import h2learn.model.fixed.FixedMinibatch;
import h2learn.model.fixed.FixedStep;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.network.Network;
import h2learn.network.Network.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trains the bit-exact integer model; with {@code loss: external}, on the softmax's cross-entropy. */
public final class FixedEngine implements TrainingEngine {
    private final Network network;
    private final FixedMinibatch minibatch;
    private final RowRanges rows;
    private boolean keepsLastStep;
    private @Nullable FixedStep lastStep;
    private final ExternalLoss external;

    /** Trains {@code master} in place. */
    public FixedEngine(Network network, Formats formats, MasterWeights master) {
        this.network = network;
        minibatch = new FixedMinibatch(network, formats, master);
        rows = RowRanges.of(network);
        external = new SoftmaxCrossEntropy(network);
    }

    @Override
    public Network network() {
        return network;
    }

    public MasterWeights master() {
        return minibatch.master();
    }

    /** From now on {@link #lastStep} knows the minibatch computed last; costs a copy of the weights for each. */
    public void keepLastStep() {
        keepsLastStep = true;
    }

    /** The minibatch computed last; empty before the first one and when not asked for with {@link #keepLastStep}. */
    public Optional<FixedStep> lastStep() {
        return Optional.ofNullable(lastStep);
    }

    @Override
    public Activity step(List<Sample> samples, double learningRate, Workers workers) {
        SampleTrace[] traces = new SampleTrace[samples.size()];
        workers.forEach(traces.length, index -> traces[index] = run(samples.get(index)));
        if (keepsLastStep) {
            lastStep = new FixedStep(
                    network, minibatch.model().formats(), minibatch.master().copy(), samples, Arrays.asList(traces));
        }
        workers.forEach(rows.ranges().size(), index -> {
            RowRanges.Range range = rows.ranges().get(index);
            minibatch.updateRows(range.layer(), range.from(), range.to(), Arrays.asList(traces), samples, learningRate);
        });
        minibatch.advance();
        Activity activity = new Activity(network);
        for (int index = 0; index < traces.length; index++) {
            count(traces[index], samples.get(index).label(), activity);
        }
        return activity;
    }

    private SampleTrace run(Sample sample) {
        return network.training().loss() == Loss.EXTERNAL
                ? minibatch.model().run(minibatch.weights(), sample, external)
                : minibatch.model().run(minibatch.weights(), sample);
    }

    @Override
    public int predict(Sample sample) {
        return Classes.predicted(minibatch.model().classCounts(minibatch.weights(), sample));
    }

    /** Adds what the integer model computed of one sample. */
    public static void count(SampleTrace trace, int label, Activity activity) {
        activity.addSample(Classes.predicted(trace.classCounts()) == label, trace.loss());
        for (int layer = 0; layer < trace.layers().size(); layer++) {
            LayerTrace own = trace.layer(layer);
            int spikes = 0;
            int windows = 0;
            int gradients = 0;
            for (int index = 0; index < own.spike().length; index++) {
                spikes += own.spike()[index] != 0 ? 1 : 0;
                windows += own.window()[index];
            }
            for (int index = 0; index < own.gradient().length; index++) {
                gradients += own.gradient()[index] != 0 ? 1 : 0;
            }
            activity.addLayer(layer, spikes, windows, gradients, own.saturations());
        }
    }
}
