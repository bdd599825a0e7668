package h2learn.cosim.lockstep;

import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hand-made networks and samples for tests that look for one thing. */
final class SmallNetworks {
    private SmallNetworks() {}

    /** alpha 0.5, theta 0.5, window 0.25, beta 1. */
    static final Neuron NEURON = new Neuron(0.5, 0.5, 0.25, 1);

    static Network spikes(int channels, int steps, Neuron neuron, Classes classes, List<Layer> layers) {
        Input input = new Input(channels, Encoding.SPIKES, 1, 0, false);
        return network(input, steps, neuron, classes, layers);
    }

    static Network direct(int channels, int steps, Classes classes, List<Layer> layers) {
        Input input = new Input(channels, Encoding.DIRECT, 8, 8, false);
        return network(input, steps, NEURON, classes, layers);
    }

    private static Network network(Input input, int steps, Neuron neuron, Classes classes, List<Layer> layers) {
        return new Network(
                "small", "made by hand", input, steps, neuron, layers, classes, new Training(8, 1, 0.5, 1, 2));
    }

    /** A network of two layers with a bias, direct input and no width that four divides. */
    static Network usual() {
        return direct(21, 4, new Classes(5, 3), List.of(new Dense(13, true, 8), new Dense(15, false, 8)));
    }

    static List<Sample> samples(Network network, int count, long seed) {
        Random random = new Random(seed);
        boolean direct = network.input().encoding() == Encoding.DIRECT;
        int values = network.input().channels() * (direct ? 1 : network.steps());
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            int[] drawn = random.ints(values, 0, direct ? 256 : 2).toArray();
            samples.add(new Sample(drawn, random.nextInt(network.classes().count())));
        }
        return samples;
    }
}
