package h2learn.model;

import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Small networks of every kind of layer and neuron, drawn by seed. */
public final class RandomNetworks {
    private final Random random;

    public RandomNetworks(long seed) {
        random = new Random(seed);
    }

    /** One to three layers of convolutions and pools, then one or two dense ones. */
    public Network next() {
        boolean direct = random.nextBoolean();
        int bits = direct ? between(1, 8) : 1;
        Network.Input input = new Network.Input(
                between(1, 4),
                between(4, 11),
                between(4, 11),
                direct ? Network.Encoding.DIRECT : Network.Encoding.SPIKES,
                bits,
                direct ? between(0, bits) : 0,
                direct && bits > 1 && random.nextBoolean());
        List<Layer> layers = new ArrayList<>();
        int height = input.height();
        int width = input.width();
        for (int left = between(1, 3); left > 0; left--) {
            int kernel = between(1, 7);
            int stride = between(1, 4);
            int padding = between(0, kernel - 1);
            if (Math.min(height, width) + 2 * padding < kernel) {
                continue;
            }
            layers.add(new Conv2d(
                    between(1, 5), kernel, stride, padding, random.nextBoolean(), between(6, 10), ownNeuron()));
            height = (height + 2 * padding - kernel) / stride + 1;
            width = (width + 2 * padding - kernel) / stride + 1;
            int square = between(2, 3);
            if (random.nextBoolean() && Math.min(height, width) >= square) {
                Pool pool = new Pool(pick(Reduction.values()), square, between(1, 3));
                layers.add(pool);
                height = (height - square) / pool.stride() + 1;
                width = (width - square) / pool.stride() + 1;
            }
        }
        if (random.nextBoolean()) {
            layers.add(new Dense(between(1, 12), random.nextBoolean(), between(6, 10), ownNeuron()));
        }
        Network.Classes classes = new Network.Classes(between(2, 4), between(1, 3));
        layers.add(new Dense(classes.count() * classes.neurons(), random.nextBoolean(), between(6, 10)));
        return new Network(
                "random",
                "Drawn by seed.",
                input,
                between(1, 5),
                neuron(),
                layers,
                classes,
                new Network.Training(8, 1, 0.5, 1, 2));
    }

    private @Nullable Neuron ownNeuron() {
        return random.nextBoolean() ? neuron() : null;
    }

    private Neuron neuron() {
        return new Neuron(
                pick(new Double[] {0.0, 0.25, 0.5, 0.9, 1.0}),
                pick(new Double[] {0.125, 0.25, 0.5}),
                pick(new Double[] {0.25, 0.5, 0.8}),
                pick(new Double[] {1.0, 0.5, 1.9}),
                pick(Reset.values()),
                random.nextInt(3) == 0,
                pick(Surrogate.values()));
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
