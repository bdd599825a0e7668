package h2learn.cosim.bench;

import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Samples of random values for any network. */
final class RandomSamples {
    private RandomSamples() {}

    static List<Sample> of(Network network, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Input input = network.input();
        boolean direct = input.encoding() == Encoding.DIRECT;
        int values = input.values() * (direct ? 1 : network.steps());
        return IntStream.range(0, count)
                .mapToObj(sample -> new Sample(
                        random.ints(values, 0, direct ? 1 << input.bits() : 2).toArray(),
                        random.nextInt(network.classes().count())))
                .toList();
    }
}
