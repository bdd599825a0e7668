package h2learn.model.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.InvalidInputException;
import h2learn.data.Sample;
import h2learn.model.TestNetworks;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FixedModelTest {
    static Stream<Arguments> everyKindOfNetwork() {
        Formats wide = new Formats(16, 11, 16, 12, 16, 16, 32);
        Formats four = new Formats(4, 2, 16, 12, 16, 9, 26);
        return Stream.of(
                Arguments.of(TestNetworks.of(TestNetworks.DIRECT, 4, true, 20, 16, 6), TestNetworks.NARROW),
                Arguments.of(TestNetworks.of(TestNetworks.DIRECT, 1, false, 6), TestNetworks.NARROW),
                Arguments.of(TestNetworks.of(TestNetworks.SIGNED, 3, true, 10, 8), TestNetworks.NARROW),
                Arguments.of(TestNetworks.of(TestNetworks.SPIKES, 6, true, 20, 6), TestNetworks.NARROW),
                Arguments.of(TestNetworks.of(TestNetworks.SPIKES, 5, false, 20, 6), four),
                Arguments.of(TestNetworks.of(TestNetworks.SIGNED, 4, true, 20, 16, 6), wide));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfNetwork")
    void equalsTheTranscriptionOfThePage(Network network, Formats formats) {
        FixedModel model = new FixedModel(network, formats);
        MasterWeights master = MasterWeights.initial(network, formats, 3);
        randomBiases(master);
        int gradients = 0;
        int saturations = 0;
        for (int seed = 0; seed < 30; seed++) {
            Sample sample = TestNetworks.sample(network, seed);
            SampleTrace trace = model.run(EngineWeights.of(master, formats), sample);
            PageTranscription page = new PageTranscription(network, formats, master, sample);
            WeightGradients sums = new WeightGradients(network);
            sums.accumulate(trace, sample);
            PageComparison.assertEqual(network, page, trace, sums);
            for (LayerShape shape : network.shapes()) {
                gradients += (int) IntStream.of(trace.layer(shape.index()).gradient())
                        .filter(value -> value != 0)
                        .count();
                saturations += trace.layer(shape.index()).saturations();
            }
        }
        assertTrue(gradients > 50, "the samples must exercise the backward pass, not " + gradients);
        assertTrue(
                network.layers().size() < 3 || formats.gradientBits() > 8 || saturations > 0,
                "no saturation exercised");
    }

    /**
     * One input value 0.75, two neurons with weights 1.0 and 0.25 (64 and 16 of 2^6), T 2, alpha 1/2, theta 0.5 (32),
     * window 0.5 (32), one neuron a class, label 1, gradient exponent 6.
     *
     * <p>Neuron 0: u = 48, 48 (reset); spikes twice; window |16| open. Neuron 1: u = 12, 6 + 12 = 18; silent; open.
     * Counts 2, 0; ds = (2 / 4) * 64 = 32 and -(2 / 4) * 64 = -32.
     * Neuron 0: gu[2] = 32; gu[1] = 32 - rne(0.5 * 0.75 * 32 = 12) = 20. Neuron 1: gu[2] = -32;
     * gu[1] = -32 + 0.5 * 12/64 * 32 - 16 = -45. dW = (52, -77) * 192.
     */
    @Test
    void computesACaseThatWasWorkedOutByHand() {
        Network network = oneLayer(new Network.Input(1, Network.Encoding.DIRECT, 8, 8, false), 2, 2);
        MasterWeights master = MasterWeights.zero(network);
        master.weight(0)[0] = 64 << 8;
        master.weight(0)[1] = 16 << 8;
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        Sample sample = new Sample(new int[] {192}, 1);

        SampleTrace trace = model.run(EngineWeights.of(master, TestNetworks.NARROW), sample);

        LayerTrace layer = trace.layer(0);
        assertArrayEquals(new int[] {48, 12, 48, 18}, layer.potential());
        assertArrayEquals(new byte[] {1, 0, 1, 0}, layer.spike());
        assertArrayEquals(new byte[] {1, 1, 1, 1}, layer.window());
        assertArrayEquals(new int[] {2, 0}, trace.classCounts());
        assertArrayEquals(new int[] {32, -32}, trace.lossGradient());
        assertArrayEquals(new int[] {32, -32, 32, -32}, layer.dspike());
        assertArrayEquals(new int[] {20, -45, 32, -32}, layer.gradient());
        assertArrayEquals(new int[] {52, -77}, layer.gradientSum());
        assertEquals(1.0, trace.loss());
        assertEquals(0, layer.saturations());

        WeightGradients gradients = new WeightGradients(network);
        gradients.accumulate(trace, sample);
        assertArrayEquals(new int[] {52 * 192, -77 * 192}, gradients.weight(0));
        // 0.25 * 52/64 * 0.75 * 2^14 = 2496; 0.25 * 77/64 * 0.75 * 2^14 = 3696
        model.update(master, gradients, 0.25, 1);
        assertArrayEquals(new int[] {16384 - 2496, 4096 + 3696}, master.weight(0));
    }

    @Test
    void aPotentialOnTheThresholdDoesNotSpikeAndOneOnTheEdgeOfTheWindowIsOutside() {
        // theta 32, window 32: weights that make u exactly theta, theta + 1, theta + a, theta + a - 1, theta - a, ...
        int[] potentials = {32, 33, 64, 63, 0, 1};
        Network network = oneLayer(TestNetworks.SPIKES, 1, potentials.length);
        MasterWeights master = MasterWeights.zero(network);
        for (int output = 0; output < potentials.length; output++) {
            master.weight(0)[output * 12] = potentials[output] << 8;
        }
        int[] values = new int[12];
        values[0] = 1;
        LayerTrace layer = new FixedModel(network, TestNetworks.NARROW)
                .run(EngineWeights.of(master, TestNetworks.NARROW), new Sample(values, 0))
                .layer(0);
        assertArrayEquals(potentials, layer.potential());
        assertArrayEquals(new byte[] {0, 1, 1, 1, 0, 0}, layer.spike());
        assertArrayEquals(new byte[] {1, 1, 0, 1, 0, 1}, layer.window());
    }

    @Test
    void thePotentialSaturatesAtBothEnds() {
        Network network = oneLayer(new Network.Input(600, Network.Encoding.SPIKES, 1, 0, false), 1, 2);
        MasterWeights master = MasterWeights.zero(network);
        for (int input = 0; input < 600; input++) {
            master.weight(0)[input] = 32767;
            master.weight(0)[600 + input] = -32768;
        }
        int[] values = new int[600];
        Arrays.fill(values, 1);
        LayerTrace layer = new FixedModel(network, TestNetworks.NARROW)
                .run(EngineWeights.of(master, TestNetworks.NARROW), new Sample(values, 0))
                .layer(0);
        assertArrayEquals(new int[] {32767, -32768}, layer.potential());
        assertArrayEquals(new byte[] {1, 0}, layer.spike());
        assertArrayEquals(new int[] {0, 0}, layer.gradient());
    }

    @Test
    void closedWindowsAndZeroErrorsGiveNoGradientAtAll() {
        Network network = TestNetworks.of(TestNetworks.DIRECT, 3, true, 10, 4);
        MasterWeights zero = MasterWeights.zero(network);
        Network closed = TestNetworks.withNeuron(network, new Network.Neuron(0.5, 1, 0.5, 1));
        Sample sample = TestNetworks.sample(network, 1);
        WeightGradients gradients = new WeightGradients(closed);
        SampleTrace trace =
                new FixedModel(closed, TestNetworks.NARROW).run(EngineWeights.of(zero, TestNetworks.NARROW), sample);
        gradients.accumulate(trace, sample);
        assertTrue(IntStream.of(trace.lossGradient()).anyMatch(value -> value != 0));
        assertEquals(new WeightGradients(closed), gradients);
        MasterWeights updated = zero.copy();
        new FixedModel(closed, TestNetworks.NARROW).update(updated, gradients, 1, 1);
        assertEquals(zero, updated);
    }

    @Test
    void aStaticInputEqualsTheSameInputRepeated() {
        // one bit-plane without fraction bits: the one direct input that spikes can repeat
        Network direct = TestNetworks.of(new Network.Input(12, Network.Encoding.DIRECT, 1, 0, false), 4, true, 10, 6);
        Network spikes = TestNetworks.of(TestNetworks.SPIKES, 4, true, 10, 6);
        MasterWeights master = MasterWeights.initial(direct, TestNetworks.NARROW, 5);
        EngineWeights weights = EngineWeights.of(master, TestNetworks.NARROW);
        for (int seed = 0; seed < 20; seed++) {
            Sample once = TestNetworks.sample(direct, seed);
            int[] repeated = IntStream.range(0, 48)
                    .map(index -> once.values()[index % 12])
                    .toArray();
            WeightGradients left = gradients(direct, weights, once);
            WeightGradients right = gradients(spikes, weights, new Sample(repeated, once.label()));
            assertEquals(left, right);
            assertTrue(seed > 0 || IntStream.of(left.weight(0)).anyMatch(value -> value != 0));
        }
    }

    @Test
    void theUpdateSaturatesTheMasterAtBothEnds() {
        Network network = oneLayer(new Network.Input(1, Network.Encoding.DIRECT, 8, 8, false), 2, 2);
        MasterWeights master = MasterWeights.zero(network);
        master.weight(0)[0] = 64 << 8;
        master.weight(0)[1] = 16 << 8;
        Sample sample = new Sample(new int[] {192}, 1);
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        WeightGradients gradients = new WeightGradients(network);
        gradients.accumulate(model.run(EngineWeights.of(master, TestNetworks.NARROW), sample), sample);
        model.update(master, gradients, 1000, 1);
        assertArrayEquals(new int[] {-32768, 32767}, master.weight(0));
    }

    @Test
    void theSumOverAMinibatchDoesNotDependOnTheOrder() {
        Network network = TestNetworks.of(TestNetworks.SPIKES, 4, true, 10, 6);
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        EngineWeights weights =
                EngineWeights.of(MasterWeights.initial(network, TestNetworks.NARROW, 5), TestNetworks.NARROW);
        WeightGradients forwards = new WeightGradients(network);
        WeightGradients backwards = new WeightGradients(network);
        for (int index = 0; index < 8; index++) {
            Sample first = TestNetworks.sample(network, index);
            Sample second = TestNetworks.sample(network, 7 - index);
            forwards.accumulate(model.run(weights, first), first);
            backwards.accumulate(model.run(weights, second), second);
        }
        assertEquals(forwards, backwards);
    }

    @Test
    void refusesANetworkWhoseArithmeticIsNotExact() {
        Network network = TestNetworks.of(TestNetworks.DIRECT, 3, true, 10, 4);
        Formats formats = new Formats(16, 6, 16, 14, 16, 8, 24);
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> new FixedModel(network, formats));
        assertTrue(refusal.problems().get(0).startsWith("layers[0]: the forward sum can reach"));
    }

    private static WeightGradients gradients(Network network, EngineWeights weights, Sample sample) {
        WeightGradients gradients = new WeightGradients(network);
        gradients.accumulate(new FixedModel(network, TestNetworks.NARROW).run(weights, sample), sample);
        return gradients;
    }

    private static void randomBiases(MasterWeights master) {
        for (int layer = 0; layer < master.layers(); layer++) {
            for (int index = 0; index < master.bias(layer).length; index++) {
                master.bias(layer)[index] = (int) (CounterRandom.bits(9, layer, index) >> 51);
            }
        }
    }

    private static Network oneLayer(Network.Input input, int steps, int outputs) {
        Network base = TestNetworks.of(input, steps, false, outputs);
        return new Network(
                "hand",
                "Worked out by hand.",
                base.input(),
                steps,
                new Network.Neuron(0.5, 0.5, 0.5, 1),
                List.of(new Network.Dense(outputs, false, 6)),
                new Network.Classes(outputs, 1),
                base.training());
    }
}
