package h2learn.cosim.scenario;

import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Samples by seed: about a third of the values are 0. */
final class SmallSamples {
    private SmallSamples() {}

    static List<Sample> of(Network network, int count, long seed) {
        Random random = new Random(seed);
        Input input = network.input();
        boolean direct = input.encoding() == Encoding.DIRECT;
        int values = input.values() * (direct ? 1 : network.steps());
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            int[] drawn = new int[values];
            for (int index = 0; index < values; index++) {
                int raw = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << input.bits());
                drawn[index] = !direct ? random.nextInt(2) : input.signed() ? raw - (1 << input.bits() - 1) : raw;
            }
            samples.add(new Sample(drawn, random.nextInt(network.classes().count())));
        }
        return samples;
    }

    /** Minibatches for updates one after the other. */
    static List<List<Sample>> minibatches(Network network, int updates, int count, long seed) {
        List<List<Sample>> minibatches = new ArrayList<>();
        for (int update = 0; update < updates; update++) {
            minibatches.add(of(network, count, seed + update));
        }
        return minibatches;
    }
}
