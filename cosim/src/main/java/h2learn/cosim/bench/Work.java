package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.contract.Engine;
import h2learn.contract.Scratchpad;
import h2learn.host.Driver;
import h2learn.host.Driver.Counters;
import h2learn.host.LayerGeometry;
import h2learn.host.Placement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How much work each command had to do: from the shapes, and where zeros are skipped from tensors read back. */
final class Work {
    private static final Scratchpad[] TRACES = {Scratchpad.SPIKE, Scratchpad.WINDOW, Scratchpad.GRADIENT};

    /** Shares of a layer's (neuron, step) pairs that spike, have an open window, have a gradient; 0..1. A pool has no gu. */
    public record Densities(double spikes, double windows, double gradients) {}

    private final Placement placement;
    private final Driver driver;
    private final AcceleratorConfig config;
    private final long[][] nonZero;
    private long samples;

    Work(Placement placement, Driver driver) {
        this.placement = placement;
        this.driver = driver;
        config = placement.config();
        nonZero = new long[placement.layers().size()][TRACES.length];
    }

    EngineUse use(Engine engine, int layer, int count, Counters counters) {
        Placement.Layer place = placement.layers().get(layer);
        LayerGeometry geometry = place.geometry();
        long steps = placement.network().steps();
        long inputSteps = place.shape().staticInput() ? count : count * steps;
        long points = inputSteps * geometry.output().points();
        long lanes = config.lanes();
        long traceWords = count * steps * geometry.output().points() * place.outputBlocks();
        long inputWords = (long) place.inputBlocks() * place.shape().inputPlanes();
        return switch (engine) {
            case FORWARD -> {
                // A tap that lies outside the image streams nothing.
                long words = inputSteps * readPairs(geometry) * inputWords * place.outputBlocks();
                yield new EngineUse(
                        engine,
                        layer,
                        counters,
                        null,
                        words,
                        words,
                        1,
                        points * place.shape().inputPlanes());
            }
            case WEIGHT_GRADIENT -> {
                // A block of N points is streamed as one word a tap, input channel and bit-plane, and one for the bias.
                long words =
                        geometry.taps() * inputWords * lanes + (place.shape().bias() ? 1 : 0);
                long dense = (points + lanes - 1) / lanes * place.outputBlocks();
                yield new EngineUse(
                        engine,
                        layer,
                        counters,
                        null,
                        blocksWithGradient(layer, count) * words,
                        dense * words,
                        1,
                        words);
            }
            case BACKWARD -> backward(layer, count, counters);
            case NEURON, NEURON_BACKWARD -> new EngineUse(engine, layer, counters, null, traceWords, traceWords, 1, 0);
            case LOSS -> new EngineUse(engine, layer, counters, null, count, count, 1, 0);
            case POOL, POOL_BACKWARD -> {
                // Every square reads its neurons once; every neuron, on the way back, its squares.
                long words = count
                        * (long) place.shape().points()
                        * steps
                        * place.shape().taps()
                        * place.outputBlocks();
                yield new EngineUse(engine, layer, counters, null, words, words, 1, 0);
            }
            case UPDATE, LOAD, STORE -> throw new IllegalArgumentException(engine + " has no work of a layer");
        };
    }

    private EngineUse backward(int layer, int count, Counters counters) {
        Sparsity sparsity = config.backward().sparsity();
        LayerGeometry geometry = placement.layers().get(layer).geometry();
        int outputs = geometry.output().channels();
        int inputs = geometry.input().channels();
        int[][] gradients = driver.readTrace(Scratchpad.GRADIENT, layer, count);
        int[][] windows = driver.readTrace(Scratchpad.WINDOW, layer - 1, count);
        long needed = 0;
        int steps = placement.network().steps();
        for (int sample = 0; sample < count; sample++) {
            for (int step = 0; step < steps; step++) {
                for (int point = 0; point < geometry.output().points(); point++) {
                    int gradient = step * geometry.output().points() + point;
                    long listed = sparsity.skipsInputs() ? nonZero(gradients[sample], gradient, outputs) : outputs;
                    for (int read : geometry.read(point)) {
                        int window = step * geometry.input().points() + read;
                        needed +=
                                listed * (sparsity.skipsOutputs() ? nonZero(windows[sample], window, inputs) : inputs);
                    }
                }
            }
        }
        long dense = (long) count * steps * readPairs(geometry) * outputs * inputs;
        return new EngineUse(
                Engine.BACKWARD,
                layer,
                counters,
                null,
                needed,
                dense,
                config.backward().lanes(),
                0);
    }

    /** Pairs of an output point and a tap within the image. */
    private static long readPairs(LayerGeometry geometry) {
        return IntStream.range(0, geometry.output().points())
                .mapToLong(point -> geometry.read(point).size())
                .sum();
    }

    /** Blocks of N points of one output block in which any gu, or its sum over time for a static input, is not zero. */
    private long blocksWithGradient(int layer, int count) {
        Placement.Layer place = placement.layers().get(layer);
        int channels = place.geometry().output().channels();
        int positions = place.geometry().output().points();
        int steps = placement.network().steps();
        boolean isStatic = place.shape().staticInput();
        int[][] gradients = driver.readTrace(Scratchpad.GRADIENT, layer, count);
        Set<Integer> found = new HashSet<>();
        for (int index = 0; index < count * positions * channels; index++) {
            int channel = index % channels;
            int position = index / channels;
            int[] sample = gradients[position / positions];
            int sum = 0;
            for (int step = 0; step < steps; step++) {
                int value = sample[(step * positions + position % positions) * channels + channel];
                sum = isStatic ? sum + value : value;
                int point = isStatic ? position : position * steps + step;
                if (sum != 0 && (!isStatic || step == steps - 1)) {
                    found.add(point / config.lanes() * place.outputBlocks() + channel / config.lanes());
                }
            }
        }
        return found.size();
    }

    private static long nonZero(int[] values, int step, int channels) {
        long count = 0;
        for (int index = step * channels; index < (step + 1) * channels; index++) {
            count += values[index] != 0 ? 1 : 0;
        }
        return count;
    }

    /** Looks at the tensors of a part that is done. */
    void countDensities(int count) {
        for (int layer = 0; layer < nonZero.length; layer++) {
            boolean pool = !placement.layers().get(layer).shape().weighted();
            for (int trace = 0; trace < TRACES.length; trace++) {
                if (pool && TRACES[trace] == Scratchpad.GRADIENT) {
                    continue;
                }
                for (int[] values : driver.readTrace(TRACES[trace], layer, count)) {
                    nonZero[layer][trace] += nonZero(values, 0, values.length);
                }
            }
        }
        samples += count;
    }

    /** One for each layer, over all parts. */
    List<Densities> densities() {
        List<Densities> densities = new ArrayList<>();
        for (int layer = 0; layer < nonZero.length; layer++) {
            double pairs = (double) samples
                    * placement.network().steps()
                    * placement.layers().get(layer).geometry().output().values();
            long[] counts = nonZero[layer];
            densities.add(new Densities(counts[0] / pairs, counts[1] / pairs, counts[2] / pairs));
        }
        return densities;
    }
}
