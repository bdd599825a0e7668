package h2learn.host;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws configurations with and without options, small networks that fit them, and samples, by seed. */
public final class RandomNetworks {
    private static final int ATTEMPTS = 10_000;

    private final Random random;

    public RandomNetworks(long seed) {
        random = new Random(seed);
    }

    public AcceleratorConfig config() {
        int lanes = 4 << random.nextInt(2);
        int weightBits = between(5, 12);
        int weightFraction = weightBits - between(1, 3);
        Options options = random.nextBoolean()
                ? Options.none()
                : new Options(true, true, true, true, pick(Leak.values()), true, true, true);
        return new AcceleratorConfig(
                "random",
                "drawn by seed",
                lanes,
                new Lut(4, 1),
                new Forward(Pe.LUT),
                new Backward(1 << between(0, 2), pick(Sparsity.values())),
                new Formats(weightBits, weightFraction, 16, between(weightFraction, 15), 16, between(8, 16), 32),
                new Limits(between(2, 8), 8, 512, 8),
                new Memories(256, 1 << 12, 1 << 11, 1 << 9),
                options,
                Target.GENERIC);
    }

    /** A network that fits and that the number formats allow: dense layers, convolutions and pools. */
    public Network network(AcceleratorConfig config) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Network network = draw(config);
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

    private Network draw(AcceleratorConfig config) {
        boolean plain = config.options().equals(Options.none());
        int height = between(1, 6);
        int width = between(1, 6);
        boolean direct = random.nextBoolean();
        int bits = direct ? between(2, 8) : 1;
        Input input = new Input(
                between(1, 9),
                height,
                width,
                direct ? Encoding.DIRECT : Encoding.SPIKES,
                bits,
                direct ? between(0, bits) : 0,
                direct && random.nextBoolean());
        List<Layer> layers = new ArrayList<>();
        for (int count = between(0, 2); count > 0; count--) {
            int kernel = between(1, Math.min(4, Math.min(height, width) + 1));
            int padding = between(kernel > Math.min(height, width) ? 1 : 0, kernel - 1);
            int stride = between(1, 2);
            layers.add(new Conv2d(
                    between(1, 12),
                    kernel,
                    stride,
                    padding,
                    random.nextBoolean(),
                    between(4, 11),
                    neuron(config, plain)));
            height = (height + 2 * padding - kernel) / stride + 1;
            width = (width + 2 * padding - kernel) / stride + 1;
            int square = between(2, 3);
            if (random.nextBoolean() && Math.min(height, width) >= square) {
                int step = between(1, 3);
                layers.add(new Pool(pick(Reduction.values()), square, step));
                height = (height - square) / step + 1;
                width = (width - square) / step + 1;
            }
        }
        Classes classes = new Classes(between(2, 4), between(1, 3));
        if (random.nextBoolean()) {
            layers.add(new Dense(between(1, 20), random.nextBoolean(), between(4, 11), neuron(config, plain)));
        }
        int outputs = classes.count() * classes.neurons();
        layers.add(new Dense(outputs, random.nextBoolean(), between(4, 11), neuron(config, plain)));
        return new Network(
                "random",
                "drawn by seed",
                input,
                between(1, 4),
                neuron(config, plain),
                layers,
                classes,
                training(plain));
    }

    private Neuron neuron(AcceleratorConfig config, boolean plain) {
        double alpha = config.options().alpha() == Leak.SHIFT ? Math.scalb(1.0, -between(0, 4)) : random.nextDouble();
        double theta = random.nextDouble() * 0.5;
        double window = 0.1 + random.nextDouble() * 0.6;
        double beta = random.nextDouble() * 1.9;
        return plain
                ? new Neuron(alpha, theta, window, beta)
                : new Neuron(
                        alpha,
                        theta,
                        window,
                        beta,
                        pick(Reset.values()),
                        random.nextBoolean(),
                        pick(Surrogate.values()));
    }

    private Training training(boolean plain) {
        return new Training(
                between(1, 6),
                1,
                0.1 + random.nextDouble(),
                1,
                1 + random.nextDouble() * 3,
                plain ? 0 : random.nextDouble(),
                plain ? 0 : random.nextDouble() * 0.2,
                plain ? UpdateRounding.NEAREST : pick(UpdateRounding.values()),
                plain ? 0 : random.nextInt(),
                Loss.MSE);
    }

    /** As many samples as the network's minibatch has. */
    public List<Sample> minibatch(Network network) {
        Input input = network.input();
        boolean direct = input.encoding() == Encoding.DIRECT;
        int count = input.values() * (direct ? 1 : network.steps());
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < network.training().minibatch(); sample++) {
            int[] values = random.ints(count, 0, 1 << input.bits())
                    .map(raw -> input.signed() ? raw - (1 << (input.bits() - 1)) : raw)
                    .toArray();
            samples.add(new Sample(values, random.nextInt(network.classes().count())));
        }
        return samples;
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
