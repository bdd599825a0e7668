package h2learn.cosim.cases;

import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws minibatches by seed, with many zeros among the values. A sample depends on the seed, the update and its own number
 * alone: a case with fewer samples or updates has the first of those of the larger one.
 */
public final class CaseSamples {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private CaseSamples() {}

    /**
     * @param update from 0
     * @param count of samples
     */
    public static List<Sample> minibatch(Network network, long seed, int update, int count) {
        double density = generator(seed, update, -1).nextDouble();
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            samples.add(sample(network, density, generator(seed, update, sample)));
        }
        return samples;
    }

    private static Sample sample(Network network, double density, Random random) {
        Input input = network.input();
        boolean direct = input.encoding() == Encoding.DIRECT;
        int label = random.nextInt(network.classes().count());
        int[] values = new int[input.values() * (direct ? 1 : network.steps())];
        for (int index = 0; index < values.length; index++) {
            if (random.nextDouble() < density) {
                int raw = random.nextInt(1 << input.bits());
                values[index] = input.signed() ? raw - (1 << input.bits() - 1) : direct ? raw : 1;
            }
        }
        return new Sample(values, label);
    }

    private static Random generator(long seed, int update, int sample) {
        return new Random(mix(mix(seed + GOLDEN_RATIO * update) + GOLDEN_RATIO * sample));
    }

    /** Neighbouring seeds give generators that have nothing to do with each other. */
    private static long mix(long value) {
        long mixed = value + GOLDEN_RATIO;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
