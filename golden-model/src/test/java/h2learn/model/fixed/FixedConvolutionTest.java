package h2learn.model.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.model.RandomNetworks;
import h2learn.model.TestNetworks;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.NetworkCheck;
import h2learn.number.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FixedConvolutionTest {
    private static final Formats WIDE = new Formats(16, 11, 16, 12, 16, 16, 32);
    private static final int NETWORKS = 150;

    @Test
    void randomNetworksEqualTheTranscriptionOfThePage() {
        RandomNetworks networks = new RandomNetworks(20_261_124);
        Set<String> seen = new TreeSet<>();
        int saturations = 0;
        for (int index = 0; index < NETWORKS; index++) {
            Network network = networks.next();
            Formats formats = index % 4 == 3 ? WIDE : TestNetworks.NARROW;
            if (!NetworkCheck.arithmeticProblems(network, formats).isEmpty()) {
                continue;
            }
            MasterWeights master = MasterWeights.initial(network, formats, index);
            randomBiases(master);
            Sample sample = TestNetworks.sample(network, index);
            SampleTrace trace = new FixedModel(network, formats).run(EngineWeights.of(master, formats), sample);
            WeightGradients sums = new WeightGradients(network);
            sums.accumulate(trace, sample);
            PageComparison.assertEqual(network, new PageTranscription(network, formats, master, sample), trace, sums);
            if (IntStream.of(sums.weight(0)).anyMatch(value -> value != 0)) {
                note(network, seen);
            }
            saturations +=
                    trace.layers().stream().mapToInt(LayerTrace::saturations).sum();
        }
        // a gradient reached the first weights through each of these
        Set<String> wanted = new TreeSet<>(List.of("average2", "average3", "max2", "max3", "HARD", "SOFT", "NONE"));
        wanted.addAll(List.of("RECTANGLE", "TRIANGLE", "detached", "DIRECT", "SPIKES"));
        IntStream.rangeClosed(1, 7).forEach(kernel -> wanted.add("kernel" + kernel));
        IntStream.rangeClosed(1, 4).forEach(stride -> wanted.add("stride" + stride));
        wanted.removeAll(seen);
        assertEquals(Set.of(), wanted, "the networks must exercise these too");
        assertTrue(saturations > 0, "no saturation exercised");
    }

    private static void note(Network network, Set<String> seen) {
        seen.add(network.input().encoding().name());
        for (int index = 0; index < network.layers().size(); index++) {
            Layer layer = network.layers().get(index);
            if (layer instanceof Pool pool) {
                seen.add((pool.reduction() == Reduction.MAX ? "max" : "average") + pool.kernel());
            } else {
                seen.add(network.neuron(index).reset().name());
                seen.add(network.neuron(index).surrogate().name());
                seen.add(network.neuron(index).detachReset() ? "detached" : "attached");
            }
            if (layer instanceof Conv2d conv) {
                seen.add("kernel" + conv.kernel());
                seen.add("stride" + conv.stride());
            }
        }
    }

    @Test
    void aConvolutionOfAOneByOneImageIsADenseLayer() {
        Network dense = network(TestNetworks.DIRECT, new Dense(20, true, 9), new Dense(6, true, 8));
        Network convolution =
                network(TestNetworks.DIRECT, new Conv2d(20, 1, 1, 0, true, 9), new Conv2d(6, 1, 1, 0, true, 8));
        assertSameBits(dense, convolution);
    }

    @Test
    void aKernelAsLargeAsTheImageIsADenseLayer() {
        Input image = new Input(3, 5, 5, Encoding.SPIKES, 1, 0, false);
        Network dense = network(image, new Dense(8, true, 9), new Dense(6, true, 8));
        Network convolution = network(image, new Conv2d(8, 5, 1, 0, true, 9), new Dense(6, true, 8));
        assertSameBits(dense, convolution);
    }

    private static void assertSameBits(Network left, Network right) {
        MasterWeights master = MasterWeights.initial(left, TestNetworks.NARROW, 5);
        EngineWeights weights = EngineWeights.of(master, TestNetworks.NARROW);
        boolean any = false;
        for (int seed = 0; seed < 10; seed++) {
            Sample sample = TestNetworks.sample(left, seed);
            SampleTrace one = new FixedModel(left, TestNetworks.NARROW).run(weights, sample);
            SampleTrace other = new FixedModel(right, TestNetworks.NARROW).run(weights, sample);
            assertArrayEquals(one.layer(0).gradient(), other.layer(0).gradient());
            assertArrayEquals(one.layer(1).potential(), other.layer(1).potential());
            WeightGradients gradients = new WeightGradients(left);
            WeightGradients others = new WeightGradients(right);
            gradients.accumulate(one, sample);
            others.accumulate(other, sample);
            assertEquals(gradients, others);
            any |= IntStream.of(gradients.weight(0)).anyMatch(value -> value != 0);
        }
        assertTrue(any, "no gradient exercised");
    }

    @Test
    void aStaticImageEqualsTheSameImageRepeated() {
        Layer[] layers = {new Conv2d(4, 3, 2, 1, true, 9), new Dense(6, true, 8)};
        Network direct = network(new Input(2, 6, 7, Encoding.DIRECT, 1, 0, false), layers);
        Network spikes = network(new Input(2, 6, 7, Encoding.SPIKES, 1, 0, false), layers);
        MasterWeights master = MasterWeights.initial(direct, TestNetworks.NARROW, 5);
        EngineWeights weights = EngineWeights.of(master, TestNetworks.NARROW);
        for (int seed = 0; seed < 10; seed++) {
            Sample once = TestNetworks.sample(direct, seed);
            int[] repeated = IntStream.range(0, direct.steps() * 84)
                    .map(index -> once.values()[index % 84])
                    .toArray();
            Sample often = new Sample(repeated, once.label());
            WeightGradients left = new WeightGradients(direct);
            WeightGradients right = new WeightGradients(spikes);
            left.accumulate(new FixedModel(direct, TestNetworks.NARROW).run(weights, once), once);
            right.accumulate(new FixedModel(spikes, TestNetworks.NARROW).run(weights, often), often);
            assertEquals(left, right);
            assertTrue(seed > 0 || IntStream.of(left.weight(0)).anyMatch(value -> value != 0));
        }
    }

    /** A 2x4 image through a 1x1 convolution of weight 1: its spikes are the pixels above theta. */
    @Test
    void aMaxPoolSendsTheGradientToTheFirstMaximumInRasterOrder() {
        Network network = network(
                new Input(1, 2, 4, Encoding.SPIKES, 1, 0, false),
                new Conv2d(1, 1, 1, 0, false, 6, new Network.Neuron(0, 0.5, 1, 1)),
                new Pool(Reduction.MAX, 2, 2),
                new Dense(2, false, 6, new Network.Neuron(0, 0.25, 1, 1)));
        network = new Network(
                "ties",
                "Ties.",
                network.input(),
                1,
                network.neuron(),
                network.layers(),
                new Network.Classes(2, 1),
                network.training());
        MasterWeights master = MasterWeights.zero(network);
        master.weight(0)[0] = 64 << 8;
        master.weight(2)[0] = 64 << 8;
        master.weight(2)[1] = 64 << 8;
        // left square: spikes at its second and third place; right square: none
        SampleTrace trace = new FixedModel(network, TestNetworks.NARROW)
                .run(EngineWeights.of(master, TestNetworks.NARROW), new Sample(new int[] {0, 1, 0, 0, 1, 0, 0, 0}, 1));
        assertArrayEquals(new byte[] {1, 0}, trace.layer(1).spike());
        assertArrayEquals(new int[] {64, -64}, trace.lossGradient());
        assertArrayEquals(new int[] {64, 64}, trace.layer(1).dspike());
        assertArrayEquals(new int[] {0, 64, 64, 0, 0, 0, 0, 0}, trace.layer(0).dspike());
    }

    /** A 3x3 square of a constant image: nine spikes times weight 1/2 over 2^3 = 0.5625. */
    @Test
    void anAverageOfThreeByThreeIsAnEighthOfTheSum() {
        Network network = network(
                new Input(1, 3, 3, Encoding.SPIKES, 1, 0, false),
                new Conv2d(1, 1, 1, 0, false, 6, new Network.Neuron(0, 0.5, 1, 1)),
                new Pool(Reduction.AVERAGE, 3, 3),
                new Dense(6, true, 6));
        MasterWeights master = MasterWeights.zero(network);
        master.weight(0)[0] = 64 << 8;
        master.weight(2)[0] = 32 << 8;
        master.bias(2)[0] = 16 << 8;
        int[] ones = new int[9 * network.steps()];
        Arrays.fill(ones, 1);
        SampleTrace trace = new FixedModel(network, TestNetworks.NARROW)
                .run(EngineWeights.of(master, TestNetworks.NARROW), new Sample(ones, 0));
        assertEquals(9, trace.layer(1).spike()[0]);
        assertEquals(36 + 16, trace.layer(2).potential()[0]);
        LayerShape above = network.shapes().get(2);
        assertEquals(4, above.inputPlanes());
        assertEquals(3, above.inputFractionBits());
    }

    private static Network network(Input input, Layer... layers) {
        Network base = TestNetworks.of(input, 4, true, 6);
        return new Network(
                base.name(),
                base.description(),
                input,
                4,
                base.neuron(),
                List.of(layers),
                base.classes(),
                base.training());
    }

    private static void randomBiases(MasterWeights master) {
        for (int layer = 0; layer < master.layers(); layer++) {
            for (int index = 0; index < master.bias(layer).length; index++) {
                master.bias(layer)[index] = (int) (CounterRandom.bits(9, layer, index) >> 51);
            }
        }
    }
}
