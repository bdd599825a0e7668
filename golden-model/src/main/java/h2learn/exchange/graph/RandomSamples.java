package h2learn.exchange.graph;

import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** Samples that look like nothing, for networks that there is no data for: the same for the same seed. */
public final class RandomSamples {
    private static final long STREAM = (1L << 43) + 1;
    /** Of a spike. */
    private static final double DENSITY = 0.25;

    private RandomSamples() {}

    /** Spikes at a density of a quarter, or values uniform over the input's range; classes in turn. */
    public static List<Sample> of(Network network, int count, long seed) {
        Network.Input input = network.input();
        boolean direct = input.encoding() == Network.Encoding.DIRECT;
        List<Sample> samples = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int[] values = new int[direct ? input.values() : network.steps() * input.values()];
            for (int index = 0; index < values.length; index++) {
                double random = CounterRandom.uniform(seed, STREAM + number, index);
                int lowest = input.signed() ? -(1 << (input.bits() - 1)) : 0;
                values[index] =
                        direct ? lowest + (int) Math.floor(random * (1 << input.bits())) : random < DENSITY ? 1 : 0;
            }
            samples.add(new Sample(values, number % network.classes().count()));
        }
        return samples;
    }
}
