package h2learn.model.train;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.List;

/** Counts and sums over samples: loss, hits, and for each layer how many spikes, open windows and non-zero gradients. */
public final class Activity {
    /** Stands for a count that nobody knows; sums with it are unknown too. */
    public static final int UNKNOWN = -1;

    private final long[] neuronSteps;
    private final long[] spikes;
    private final long[] windows;
    private final long[] gradients;
    private final long[] saturations;
    private long samples;
    private long correct;
    private double loss;

    /** All zero. */
    public Activity(Network network) {
        List<LayerShape> shapes = network.shapes();
        neuronSteps = shapes.stream()
                .mapToLong(shape -> (long) shape.outputValues() * network.steps())
                .toArray();
        spikes = new long[shapes.size()];
        windows = new long[shapes.size()];
        gradients = new long[shapes.size()];
        saturations = new long[shapes.size()];
    }

    /** Adds the counts of another. */
    public void add(Activity other) {
        for (int layer = 0; layer < spikes.length; layer++) {
            spikes[layer] = sum(spikes[layer], other.spikes[layer]);
            windows[layer] = sum(windows[layer], other.windows[layer]);
            gradients[layer] = sum(gradients[layer], other.gradients[layer]);
            saturations[layer] += other.saturations[layer];
        }
        samples += other.samples;
        correct += other.correct;
        loss += other.loss;
    }

    /** One sample: whether its class was predicted, and its loss. */
    public void addSample(boolean hit, double sampleLoss) {
        samples++;
        correct += hit ? 1 : 0;
        loss += sampleLoss;
    }

    /**
     * Numbers of (neuron, step) pairs of one layer that spike, have an open window, a gradient, each possibly
     * {@link #UNKNOWN}; and of saturations.
     */
    public void addLayer(int layer, int spiking, int open, int nonZero, int saturated) {
        spikes[layer] = sum(spikes[layer], spiking);
        windows[layer] = sum(windows[layer], open);
        gradients[layer] = sum(gradients[layer], nonZero);
        saturations[layer] += saturated;
    }

    private static long sum(long count, long more) {
        return count == UNKNOWN || more == UNKNOWN ? UNKNOWN : count + more;
    }

    public long samples() {
        return samples;
    }

    /** Mean loss of a sample. */
    public double meanLoss() {
        return loss / Math.max(1, samples);
    }

    /** Share of the samples whose class was predicted, 0..1. */
    public double accuracy() {
        return (double) correct / Math.max(1, samples);
    }

    /** Share of (neuron, step) pairs that spike, 0..1; NaN when unknown. */
    public double spikeDensity(int layer) {
        return density(spikes, layer);
    }

    /** Share of (neuron, step) pairs whose surrogate window is open, 0..1; NaN when unknown. */
    public double windowDensity(int layer) {
        return density(windows, layer);
    }

    /** Share of (neuron, step) pairs whose gradient gu is not zero, 0..1; NaN when unknown. */
    public double gradientDensity(int layer) {
        return density(gradients, layer);
    }

    /** How many values of ds and gu saturated. */
    public long saturations(int layer) {
        return saturations[layer];
    }

    public int layers() {
        return spikes.length;
    }

    private double density(long[] counts, int layer) {
        return counts[layer] == UNKNOWN
                ? Double.NaN
                : (double) counts[layer] / Math.max(1, samples * neuronSteps[layer]);
    }
}
