package h2learn.model.train;

import h2learn.data.Sample;
import h2learn.model.Classes;
import h2learn.model.ExternalLoss;
import h2learn.model.Parameters;
import h2learn.model.SoftmaxCrossEntropy;
import h2learn.model.reference.ReferenceMinibatch;
import h2learn.model.reference.ReferenceStep;
import h2learn.model.reference.ReferenceTrace;
import h2learn.network.Network;
import h2learn.network.Network.Loss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trains the float model; with {@code loss: external}, on the softmax's cross-entropy. */
public final class ReferenceEngine implements TrainingEngine {
    private final Network network;
    private final ReferenceMinibatch minibatch;
    private final RowRanges rows;
    private boolean keepsLastStep;
    private @Nullable ReferenceStep lastStep;
    private final ExternalLoss external;

    /** Trains {@code parameters} in place. */
    public ReferenceEngine(Network network, Parameters parameters) {
        this.network = network;
        minibatch = new ReferenceMinibatch(network, parameters);
        rows = RowRanges.of(network);
        external = new SoftmaxCrossEntropy(network);
    }

    @Override
    public Network network() {
        return network;
    }

    public Parameters parameters() {
        return minibatch.weights().parameters();
    }

    /** From now on {@link #lastStep} knows the minibatch computed last; costs a copy of the weights for each. */
    public void keepLastStep() {
        keepsLastStep = true;
    }

    /** The minibatch computed last; empty before the first one and when not asked for with {@link #keepLastStep}. */
    public Optional<ReferenceStep> lastStep() {
        return Optional.ofNullable(lastStep);
    }

    @Override
    public Activity step(List<Sample> samples, double learningRate, Workers workers) {
        ReferenceTrace[] traces = new ReferenceTrace[samples.size()];
        workers.forEach(traces.length, index -> traces[index] = run(samples.get(index)));
        if (keepsLastStep) {
            lastStep = new ReferenceStep(network, parameters().copy(), samples, Arrays.asList(traces));
        }
        workers.forEach(rows.ranges().size(), index -> {
            RowRanges.Range range = rows.ranges().get(index);
            minibatch.updateRows(range.layer(), range.from(), range.to(), Arrays.asList(traces), samples, learningRate);
        });
        Activity activity = new Activity(network);
        for (int index = 0; index < traces.length; index++) {
            count(traces[index], samples.get(index).label(), activity);
        }
        return activity;
    }

    private ReferenceTrace run(Sample sample) {
        return network.training().loss() == Loss.EXTERNAL
                ? minibatch.model().run(minibatch.weights(), sample, external)
                : minibatch.model().run(minibatch.weights(), sample);
    }

    @Override
    public int predict(Sample sample) {
        return predicted(minibatch.model().classCounts(minibatch.weights(), sample));
    }

    /** The float model's counts are whole numbers of spikes. */
    private static int predicted(double[] counts) {
        return Classes.predicted(
                Arrays.stream(counts).mapToInt(count -> (int) Math.rint(count)).toArray());
    }

    private static void count(ReferenceTrace trace, int label, Activity activity) {
        activity.addSample(predicted(trace.classCounts()) == label, trace.loss());
        for (int layer = 0; layer < trace.layers().size(); layer++) {
            ReferenceTrace.Layer own = trace.layers().get(layer);
            int spikes = 0;
            int windows = 0;
            int gradients = 0;
            for (int index = 0; index < own.spike().length; index++) {
                spikes += own.spike()[index] != 0 ? 1 : 0;
                windows += own.derivative()[index] != 0 ? 1 : 0;
            }
            for (int index = 0; index < own.gradient().length; index++) {
                gradients += own.gradient()[index] != 0 ? 1 : 0;
            }
            activity.addLayer(layer, spikes, windows, gradients, 0);
        }
    }
}
