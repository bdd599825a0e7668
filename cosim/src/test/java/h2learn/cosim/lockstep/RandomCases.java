package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Draws legal configurations, networks that fit them, and samples, by seed. Small sizes are likelier than large ones. */
final class RandomCases {
    private static final int ATTEMPTS = 10_000;

    private final Random random;

    RandomCases(long seed) {
        random = new Random(seed);
    }

    /** A legal configuration; what a test wants to see for certain is given, the rest is drawn. */
    AcceleratorConfig config(int index, int lanes, Pe pe, Sparsity sparsity, Target target, Options options) {
        int weightBits = between(4, 16);
        int weightFraction = between(Math.max(1, weightBits - 5), Math.min(15, weightBits));
        int masterFraction = between(weightFraction, pick(15, 15, 15, 24));
        Formats formats =
                new Formats(weightBits, weightFraction, 16, masterFraction, 16, between(8, 16), between(24, 32));
        return new AcceleratorConfig(
                "random-" + index,
                "drawn by seed",
                lanes,
                new Lut(between(2, Math.min(8, lanes)), 1),
                new Forward(pe),
                new Backward(1 << between(0, Integer.numberOfTrailingZeros(lanes)), sparsity),
                formats,
                new Limits(between(1, 20), between(1, 16), 1 << between(4, 8), between(1, 16)),
                new Memories(1 << between(9, 13) >> Integer.numberOfTrailingZeros(lanes) / 2, 1 << 13, 1 << 12, 1 << 9),
                options,
                target);
    }

    /** A network of dense layers that fits and that the number formats allow. */
    Network network(int index, AcceleratorConfig config) {
        return fitting(config, () -> draw(index, config));
    }

    /** A network with one to three convolutions below its dense layers. */
    Network convolution(int index, AcceleratorConfig config) {
        return fitting(config, () -> drawConvolution("random-conv-" + index, config, false));
    }

    /** The same, with a pool above at least one of the convolutions. */
    Network pool(int index, AcceleratorConfig config) {
        return fitting(config, () -> {
            Network network = drawConvolution("random-pool-" + index, config, true);
            while (network.layers().stream().noneMatch(Pool.class::isInstance)) {
                network = drawConvolution("random-pool-" + index, config, true);
            }
            return network;
        });
    }

    /** Small, with convolutions or pools or neither; legal for the number formats, whatever the scratchpads hold. */
    Network anySize(int index, AcceleratorConfig config) {
        RandomOptions options = new RandomOptions(random, config.options());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Network drawn = random.nextInt(4) == 0
                    ? draw(index, config)
                    : drawConvolution("random-" + index, config, random.nextBoolean());
            Network network = options.addTo(drawn);
            if (NetworkCheck.problems(network, config).isEmpty()) {
                return network;
            }
        }
        throw new IllegalStateException("no network suits " + config);
    }

    private Network fitting(AcceleratorConfig config, Supplier<Network> draw) {
        RandomOptions options = new RandomOptions(random, config.options());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Network network = options.addTo(draw.get());
            if (NetworkCheck.problems(network, config).isEmpty() && fits(network, config)) {
                return network;
            }
        }
        throw new IllegalStateException("no network fits " + config);
    }

    private static boolean fits(Network network, AcceleratorConfig config) {
        try {
            Placement.of(network, config);
            return true;
        } catch (PlacementException tooLarge) {
            return false;
        }
    }

    private Network draw(int index, AcceleratorConfig config) {
        Input input = input(config, width(), 1, 1);
        Classes classes = new Classes(between(2, 10), between(1, 10));
        List<Layer> layers = new ArrayList<>();
        int count = between(1, 4);
        for (int layer = 0; layer < count; layer++) {
            boolean last = layer == count - 1;
            layers.add(dense(last ? classes.count() * classes.neurons() : width()));
        }
        return network("random-" + index, input, between(1, 8), layers, classes);
    }

    private Network drawConvolution(String name, AcceleratorConfig config, boolean pools) {
        int height = between(1, 9);
        int width = between(1, 9);
        Input input = input(config, between(1, 6), height, width);
        Classes classes = new Classes(between(2, 4), between(1, 3));
        List<Layer> layers = new ArrayList<>();
        for (int count = between(1, 3); count > 0; count--) {
            int kernel = between(1, Math.min(7, Math.min(height, width) + 2));
            int padding = between(kernel > Math.min(height, width) ? 1 : 0, kernel - 1);
            int stride = between(1, pools ? 2 : 4);
            layers.add(new Conv2d(between(1, 20), kernel, stride, padding, random.nextBoolean(), between(3, 12)));
            height = (height + 2 * padding - kernel) / stride + 1;
            width = (width + 2 * padding - kernel) / stride + 1;
            int square = pools ? between(2, 3) : 0;
            if (pools && Math.min(height, width) >= square) {
                int step = between(1, 4);
                layers.add(new Pool(pick(Reduction.AVERAGE, Reduction.MAX), square, step));
                height = (height - square) / step + 1;
                width = (width - square) / step + 1;
            }
        }
        if (random.nextBoolean()) {
            layers.add(dense(between(1, 40)));
        }
        layers.add(dense(classes.count() * classes.neurons()));
        return network(name, input, between(1, 4), layers, classes);
    }

    private Dense dense(int outputs) {
        return new Dense(outputs, random.nextBoolean(), between(3, 12));
    }

    private Input input(AcceleratorConfig config, int channels, int height, int width) {
        boolean direct = random.nextInt(3) > 0;
        int bits = direct ? between(1, config.limits().inputPlanes()) : 1;
        return new Input(
                channels,
                height,
                width,
                direct ? Encoding.DIRECT : Encoding.SPIKES,
                bits,
                direct ? between(0, bits) : 0,
                direct && bits > 1 && random.nextBoolean());
    }

    private Network network(String name, Input input, int steps, List<Layer> layers, Classes classes) {
        double theta = random.nextInt(8) == 0 ? 0 : random.nextDouble() * 0.6;
        Neuron neuron = new Neuron(
                pick(0.0, 0.25, 0.5, 0.9, 1.0, random.nextDouble()),
                theta,
                0.1 + random.nextDouble() * 0.6,
                pick(1.0, 0.5, random.nextDouble() * 1.9));
        Training training =
                new Training(between(1, 12), 1, 0.1 + random.nextDouble(), 1, 0.5 + random.nextDouble() * 3);
        return new Network(name, "drawn by seed", input, steps, neuron, layers, classes, training);
    }

    /** 1 to 300, one in three of them at most 20. */
    private int width() {
        return random.nextInt(3) == 0 ? between(1, 20) : between(1, random.nextInt(4) == 0 ? 300 : 80);
    }

    int seed() {
        return 1 + random.nextInt(1 << 30);
    }

    /** Uniform, both ends included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
