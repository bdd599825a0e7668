package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws legal configurations, networks that fit them, and samples, by seed. Small sizes are likelier than large ones. */
final class RandomCases {
    private static final int ATTEMPTS = 10_000;

    private final Random random;

    RandomCases(long seed) {
        random = new Random(seed);
    }

    /** A legal configuration; what a test wants to see for certain is given, the rest is drawn. */
    AcceleratorConfig config(int index, int lanes, Pe pe, Sparsity sparsity, Target target) {
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
                target);
    }

    /** A network that fits and that the number formats allow. */
    Network network(int index, AcceleratorConfig config) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Network network = draw(index, config);
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
        boolean direct = random.nextInt(3) > 0;
        int bits = direct ? between(1, config.limits().inputPlanes()) : 1;
        Input input = new Input(
                width(),
                direct ? Encoding.DIRECT : Encoding.SPIKES,
                bits,
                direct ? between(0, bits) : 0,
                direct && bits > 1 && random.nextBoolean());
        Classes classes = new Classes(between(2, 10), between(1, 10));
        List<Layer> layers = new ArrayList<>();
        int count = between(1, 4);
        for (int layer = 0; layer < count; layer++) {
            boolean last = layer == count - 1;
            layers.add(new Dense(
                    last ? classes.count() * classes.neurons() : width(), random.nextBoolean(), between(3, 12)));
        }
        double theta = random.nextInt(8) == 0 ? 0 : random.nextDouble() * 0.6;
        Neuron neuron = new Neuron(
                pick(0.0, 0.25, 0.5, 0.9, 1.0, random.nextDouble()),
                theta,
                0.1 + random.nextDouble() * 0.6,
                pick(1.0, 0.5, random.nextDouble() * 1.9));
        Training training =
                new Training(between(1, 12), 1, 0.1 + random.nextDouble(), 1, 0.5 + random.nextDouble() * 3);
        return new Network("random-" + index, "drawn by seed", input, between(1, 8), neuron, layers, classes, training);
    }

    /** 1 to 300, one in three of them at most 20. */
    private int width() {
        return random.nextInt(3) == 0 ? between(1, 20) : between(1, random.nextInt(4) == 0 ? 300 : 80);
    }

    /** A minibatch of at most the network's size, with many zeros among the values. */
    List<Sample> minibatch(Network network) {
        Input input = network.input();
        boolean direct = input.encoding() == Encoding.DIRECT;
        int count = input.channels() * (direct ? 1 : network.steps());
        double density = random.nextDouble();
        List<Sample> samples = new ArrayList<>();
        for (int sample = between(1, network.training().minibatch()); sample > 0; sample--) {
            int[] values = new int[count];
            for (int index = 0; index < count; index++) {
                if (random.nextDouble() < density) {
                    int raw = random.nextInt(1 << input.bits());
                    values[index] = input.signed() ? raw - (1 << input.bits() - 1) : direct ? raw : 1;
                }
            }
            samples.add(new Sample(values, random.nextInt(network.classes().count())));
        }
        return samples;
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
