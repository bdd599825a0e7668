package h2learn.host.plan;

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
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws networks of convolutions, pools and dense layers, small accelerators to cut them up for, and samples, by seed. */
final class RandomPlans {
    private final Random random;

    RandomPlans(long seed) {
        random = new Random(seed);
    }

    /** Four or eight lanes, momentum and weight decay, and memories too small for most networks. */
    AcceleratorConfig config(int index) {
        int lanes = pick(4, 4, 8);
        return new AcceleratorConfig(
                "random-" + index,
                "drawn by seed",
                lanes,
                new Lut(pick(2, 4), 1),
                new Forward(Pe.LUT),
                new Backward(pick(1, 2, 4), pick(Sparsity.DUAL, Sparsity.DUAL, Sparsity.INPUT, Sparsity.NONE)),
                new Formats(8, 6, 16, 12, 16, between(8, 12), 32),
                new Limits(between(1, 6), 6, 1 << between(5, 8), 8),
                new Memories(1 << between(4, 9), 1 << between(8, 12), 1 << between(7, 11), 1 << between(5, 9)),
                new Options(false, false, true, false, Leak.MULTIPLIER, true, true, false),
                Target.GENERIC);
    }

    /** One to three convolutions, pools above some of them, and dense layers; legal for the accelerator's formats. */
    Network network(int index, AcceleratorConfig config) {
        while (true) {
            Network network = draw(index);
            if (NetworkCheck.problems(network, config).isEmpty()) {
                return network;
            }
        }
    }

    private Network draw(int index) {
        int height = between(1, 18);
        int width = between(1, 6);
        boolean direct = random.nextBoolean();
        int bits = direct ? between(1, 4) : 1;
        Input input = new Input(
                between(1, 6), height, width, direct ? Encoding.DIRECT : Encoding.SPIKES, bits, direct ? bits : 0, false);
        List<Layer> layers = new ArrayList<>();
        for (int count = between(0, 3); count > 0; count--) {
            int kernel = between(1, Math.min(5, Math.min(height, width) + 2));
            int padding = between(kernel > Math.min(height, width) ? 1 : 0, kernel - 1);
            int stride = between(1, 3);
            layers.add(new Conv2d(between(1, 20), kernel, stride, padding, random.nextBoolean(), between(4, 10)));
            height = (height + 2 * padding - kernel) / stride + 1;
            width = (width + 2 * padding - kernel) / stride + 1;
            int square = between(2, 3);
            if (random.nextBoolean() && Math.min(height, width) >= square) {
                int step = between(1, 4);
                layers.add(new Pool(pick(Reduction.AVERAGE, Reduction.MAX), square, step));
                height = (height - square) / step + 1;
                width = (width - square) / step + 1;
            }
        }
        if (random.nextBoolean()) {
            layers.add(new Dense(between(1, 40), random.nextBoolean(), between(4, 10)));
        }
        Classes classes = new Classes(between(2, 4), between(1, 5));
        layers.add(new Dense(classes.count() * classes.neurons(), random.nextBoolean(), between(4, 10)));
        Neuron neuron =
                new Neuron(pick(0.25, 0.5, 0.9), random.nextDouble() * 0.5, 0.2 + random.nextDouble() * 0.5, 1, Network.Reset.HARD, random.nextBoolean(), Network.Surrogate.RECTANGLE);
        Training training = new Training(
                between(1, 7),
                1,
                0.2 + random.nextDouble(),
                1,
                1 + random.nextDouble() * 2,
                pick(0.0, 0.9),
                pick(0.0, 0.01),
                UpdateRounding.NEAREST,
                0,
                Loss.MSE);
        return new Network("random-" + index, "drawn by seed", input, between(1, 4), neuron, layers, classes, training);
    }

    List<Sample> samples(Network network, int count) {
        boolean direct = network.input().encoding() == Encoding.DIRECT;
        int values = network.input().values() * (direct ? 1 : network.steps());
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            int[] drawn = random.ints(values, 0, 1 << network.input().bits()).toArray();
            samples.add(new Sample(drawn, random.nextInt(network.classes().count())));
        }
        return samples;
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
