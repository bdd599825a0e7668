package h2learn.model.train;

import h2learn.data.Sample;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Trains an engine for some epochs: samples shuffled by seed and epoch, the last minibatch of an epoch possibly smaller,
 * the learning rate multiplied by its decay after each epoch. All results but the seconds are the same for every number
 * of threads.
 */
public final class Trainer {
    /** Stream of the shuffling's random numbers; weights use the layers' indices. */
    private static final long SHUFFLE_STREAM = 1L << 40;

    private final TrainingEngine engine;
    private final Workers workers;
    private final long seed;

    public Trainer(TrainingEngine engine, Workers workers, long seed) {
        this.engine = engine;
        this.workers = workers;
        this.seed = seed;
    }

    /** Is told after each minibatch how far the epoch is. */
    @FunctionalInterface
    public interface Progress {
        void minibatchDone(int epoch, int samplesDone, int samples);
    }

    /** Runs epochs 1..{@code epochs}; the reports, in order, are also handed to {@code onEpoch} as they come. */
    public List<EpochReport> train(
            List<Sample> train, List<Sample> test, int epochs, Progress progress, Consumer<EpochReport> onEpoch) {
        List<EpochReport> reports = new ArrayList<>();
        double learningRate = engine.network().training().learningRate();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            long start = System.nanoTime();
            Activity activity = epoch(train, epoch, learningRate, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            EpochReport report = new EpochReport(epoch, learningRate, activity, accuracy(test), seconds);
            reports.add(report);
            onEpoch.accept(report);
            learningRate *= engine.network().training().learningRateDecay();
        }
        return reports;
    }

    /** Share of the samples predicted, 0..1; 0 for none. */
    public double accuracy(List<Sample> samples) {
        AtomicInteger correct = new AtomicInteger();
        workers.forEach(samples.size(), index -> {
            Sample sample = samples.get(index);
            if (engine.predict(sample) == sample.label()) {
                correct.incrementAndGet();
            }
        });
        return (double) correct.get() / Math.max(1, samples.size());
    }

    /** The samples' order in an epoch, so that other trainers (the accelerator's host) can follow the same one. */
    public static int[] order(long seed, int epoch, int samples) {
        return CounterRandom.permutation(seed, SHUFFLE_STREAM + epoch, samples);
    }

    private Activity epoch(List<Sample> train, int epoch, double learningRate, Progress progress) {
        Activity activity = new Activity(engine.network());
        int[] order = order(seed, epoch, train.size());
        int size = engine.network().training().minibatch();
        for (int from = 0; from < order.length; from += size) {
            int to = Math.min(order.length, from + size);
            List<Sample> minibatch = new ArrayList<>();
            for (int index = from; index < to; index++) {
                minibatch.add(train.get(order[index]));
            }
            activity.add(engine.step(minibatch, learningRate, workers));
            progress.minibatchDone(epoch, to, order.length);
        }
        return activity;
    }
}
